import { useSyncExternalStore } from 'react'

const lowWindowQuery = window.matchMedia('(height < 600px)')

function subscribe(listener: () => void): () => void {
  lowWindowQuery.addEventListener('change', listener)
  return () => lowWindowQuery.removeEventListener('change', listener)
}

/** Returns the height of a row in CSS pixels: `--row` of design-tokens.css, which is smaller in low windows. */
export const useRowHeight = (): number =>
  useSyncExternalStore(subscribe, () => (lowWindowQuery.matches ? 44 : 48))
