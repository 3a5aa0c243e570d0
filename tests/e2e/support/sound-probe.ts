/** Watches the media elements of a page from outside: what sounds, where it is, and how often it was started. */
import type { Page } from '@playwright/test'

export interface PlayingSound {
  readonly address: string
  /** Seconds. */
  readonly position: number
  /** How often a song was started since the watch began, by any element of the page. */
  readonly starts: number
}

interface ProbedWindow {
  soundProbe?: { readonly elements: Set<HTMLMediaElement>; starts: number }
}

/** To be called before the first song is played. */
export async function installSoundProbe(page: Page): Promise<void> {
  await page.evaluate(() => {
    const watched = { elements: new Set<HTMLMediaElement>(), starts: 0 }
    ;(window as ProbedWindow).soundProbe = watched
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (this.src !== '') watched.starts++
      watched.elements.add(this)
      return play.call(this)
    }
  })
}

/** The one element that sounds; undefined while none does. Howler also starts empty ones, to be allowed to later. */
export async function readPlayingSound(page: Page): Promise<PlayingSound | undefined> {
  return await page.evaluate(() => {
    const watched = (window as ProbedWindow).soundProbe
    const element = [...(watched?.elements ?? [])].find(
      ({ src, paused, ended }) => src !== '' && !paused && !ended,
    )
    return element && { address: element.src, position: element.currentTime, starts: watched?.starts ?? 0 }
  })
}
