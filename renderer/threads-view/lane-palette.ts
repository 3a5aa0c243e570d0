import type { LanePalette } from './lane-painter.ts'

/** The colours that tokens.css gives the states where an element stands. */
export function readPalette(element: Element): LanePalette {
  const style = getComputedStyle(element)
  const colour = (name: string): string => style.getPropertyValue(name).trim()
  return {
    running: colour('--state-runnable'),
    blocked: colour('--state-blocked'),
    waiting: colour('--state-waiting'),
    timed: colour('--state-timed-waiting'),
    quiet: colour('--state-new'),
    ended: colour('--state-terminated'),
    wake: colour('--wake'),
  }
}

/** Calls back when the theme changes, by the system or by the user. The answer ends it. */
export function onThemeChange(changed: () => void): () => void {
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  const attributes = new MutationObserver(changed)
  scheme.addEventListener('change', changed)
  attributes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  return () => {
    scheme.removeEventListener('change', changed)
    attributes.disconnect()
  }
}
