/** Calls back when the system or the user changes the theme. Returns a function that stops this. */
export function onThemeChange(onChange: () => void): () => void {
  const scheme = matchMedia('(prefers-color-scheme: dark)')
  const attributes = new MutationObserver(onChange)
  scheme.addEventListener('change', onChange)
  attributes.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme', 'class'] })
  return () => {
    scheme.removeEventListener('change', onChange)
    attributes.disconnect()
  }
}
