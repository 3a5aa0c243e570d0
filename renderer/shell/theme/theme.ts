import { useEffect } from 'react'
import { useWindow } from '../../store/window-store.ts'

/** Puts the chosen theme on the document; the system's is what it has without one. */
export function useTheme(): void {
  const theme = useWindow((state) => state.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}
