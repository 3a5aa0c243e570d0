import { useEffect } from 'react'
import { useWindow } from '../../store/window-store.ts'

/** Applies the chosen theme to the document. Without an attribute the document follows the system. */
export function useTheme(): void {
  const theme = useWindow((state) => state.theme)
  useEffect(() => {
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }, [theme])
}
