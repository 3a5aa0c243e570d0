/** What the page measures of itself. Installed before the page's own code. */
export interface PageProbe {
  /** Resolves when the page has one of these with this text in it, with milliseconds since 1970. */
  waitFor(selector: string, text: string): Promise<number>
  /** Runs an action and returns the milliseconds until the last change of the document that follows it. */
  timeUntilQuiet(action: () => void): Promise<number>
  /** Begins to listen for a key; `read` returns the milliseconds until the last change of the document after it. */
  watchKey(): { read(): Promise<number> }
  /** Scrolls an element from top to bottom and returns the longest distance of two frames. */
  longestFrame(scroller: Element | undefined, milliseconds: number): Promise<number>
}

declare global {
  interface Window {
    probe: PageProbe
  }
}

export function installProbe(): void {
  /** Longer than results may take: a change of the field alone is not the end. */
  const quiet = 400
  const now = () => performance.now()

  /** Calls `onEnd` with the time of the last change, once the document has not changed for a while. */
  const observe = (onEnd: (lastChange: number) => void) => {
    let last = now()
    const observer = new MutationObserver(() => {
      last = now()
    })
    observer.observe(document, { subtree: true, childList: true, characterData: true, attributes: true })
    const check = () => {
      if (now() - last < quiet) return void setTimeout(check, quiet / 4)
      observer.disconnect()
      onEnd(last)
    }
    setTimeout(check, quiet)
  }

  window.probe = {
    waitFor: (selector, text) =>
      new Promise((resolve, reject) => {
        const isThere = () =>
          [...document.querySelectorAll(selector)].some((element) => element.textContent?.includes(text))
        const check = () => {
          if (now() > 120_000) return reject(new Error(`The page has no ${selector} after two minutes.`))
          if (!isThere()) return requestAnimationFrame(check)
          resolve(performance.timeOrigin + now())
        }
        requestAnimationFrame(check)
      }),
    timeUntilQuiet: (action) =>
      new Promise((resolve) => {
        const begin = now()
        observe((last) => resolve(last - begin))
        action()
      }),
    watchKey: () => {
      const result = new Promise<number>((resolve) => {
        const onKey = (event: Event) => {
          const begin = event.timeStamp
          observe((last) => resolve(last - begin))
        }
        addEventListener('keydown', onKey, { once: true, capture: true })
      })
      return { read: () => result }
    },
    longestFrame: (scroller, milliseconds) =>
      new Promise((resolve) => {
        const begin = now()
        let previous: number | undefined
        let longest = 0
        requestAnimationFrame(function frame(time) {
          if (previous !== undefined) longest = Math.max(longest, time - previous)
          previous = time
          const share = (now() - begin) / milliseconds
          if (share >= 1) return resolve(longest)
          if (scroller) scroller.scrollTop = share * (scroller.scrollHeight - scroller.clientHeight)
          requestAnimationFrame(frame)
        })
      }),
  }
}
