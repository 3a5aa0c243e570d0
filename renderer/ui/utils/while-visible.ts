/**
 * Calls `start` whenever the element becomes visible, and the function that it returns when the element is visible no
 * more: scrolled away, not displayed, or in a hidden window. Returns a function that stops this.
 */
export function whileVisible(element: Element, start: () => () => void): () => void {
  let stop: (() => void) | undefined
  let isInView = false
  const update = () => {
    const isVisible = isInView && document.visibilityState === 'visible'
    if (isVisible) stop ??= start()
    else {
      stop?.()
      stop = undefined
    }
  }
  const observer = new IntersectionObserver((entries) => {
    isInView = entries.at(-1)?.isIntersecting ?? false
    update()
  })
  observer.observe(element)
  document.addEventListener('visibilitychange', update)
  return () => {
    observer.disconnect()
    document.removeEventListener('visibilitychange', update)
    stop?.()
    stop = undefined
  }
}
