import type { Page } from '@playwright/test'

export interface PlayingSound {
  readonly address: string
  /** Seconds. */
  readonly position: number
  /** How often a song was started since the probe was installed, by any element of the page. */
  readonly starts: number
}

interface ProbedWindow {
  soundProbe?: { readonly elements: Set<HTMLMediaElement>; starts: number }
}

/** Observes the media elements of a page. Call it before the first song plays. */
export async function installSoundProbe(page: Page): Promise<void> {
  await page.evaluate(() => {
    const probe = { elements: new Set<HTMLMediaElement>(), starts: 0 }
    ;(window as ProbedWindow).soundProbe = probe
    const play = HTMLMediaElement.prototype.play
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (this.src !== '') probe.starts++
      probe.elements.add(this)
      return play.call(this)
    }
  })
}

/** Returns the element that plays; undefined if none does. Ignores the empty ones that Howler starts to unlock playback. */
export async function readPlayingSound(page: Page): Promise<PlayingSound | undefined> {
  return await page.evaluate(() => {
    const probe = (window as ProbedWindow).soundProbe
    const element = [...(probe?.elements ?? [])].find(
      ({ src, paused, ended }) => src !== '' && !paused && !ended,
    )
    return element && { address: element.src, position: element.currentTime, starts: probe?.starts ?? 0 }
  })
}
