import { useSyncExternalStore } from 'react'

const low = window.matchMedia('(height < 600px)')

function subscribe(listener: () => void): () => void {
  low.addEventListener('change', listener)
  return () => low.removeEventListener('change', listener)
}

/** The height of a list's row in CSS pixels: `--row` of tokens.css, which low windows make smaller. */
export const useRowHeight = (): number => useSyncExternalStore(subscribe, () => (low.matches ? 44 : 48))
