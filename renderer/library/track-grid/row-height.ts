import { useSyncExternalStore } from 'react'

const lowWindowQuery = window.matchMedia('(height < 600px)')

function subscribe(listener: () => void): () => void {
  lowWindowQuery.addEventListener('change', listener)
  return () => lowWindowQuery.removeEventListener('change', listener)
}

/** The height of a list's row in CSS pixels: `--row` of design-tokens.css, which low windows make smaller. */
export const useRowHeight = (): number =>
  useSyncExternalStore(subscribe, () => (lowWindowQuery.matches ? 44 : 48))
