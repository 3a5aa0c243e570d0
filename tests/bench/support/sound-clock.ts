import type { Page } from '@playwright/test'

interface SoundClock {
  readonly elements: HTMLAudioElement[]
  /** The address of the song that played when the clock was reset. */
  previousAddress: string
  /** When the user last clicked or double-clicked, and when another song started to play, in ms; 0 for not yet. */
  actedAt: number
  soundedAt: number
}

/**
 * Runs in the page before its own code. Records when the user acts, by the browser's time stamp of the input, and when
 * another song fires `playing`. In the same task the element's play() resolves, and Howler fires its `play` event.
 */
export function installSoundClock(): void {
  const clock: SoundClock = { elements: [], previousAddress: '', actedAt: 0, soundedAt: 0 }
  ;(window as unknown as { soundClock: SoundClock }).soundClock = clock
  const recordAction = ({ timeStamp }: Event) => {
    clock.actedAt = timeStamp
  }
  addEventListener('pointerup', recordAction, { capture: true })
  addEventListener('dblclick', recordAction, { capture: true })
  window.Audio = class extends Audio {
    constructor(source?: string) {
      super(source)
      clock.elements.push(this)
      this.addEventListener('playing', () => {
        if (this.src !== clock.previousAddress && clock.soundedAt === 0) clock.soundedAt = performance.now()
      })
    }
  }
}

/** Performs a user's action and returns the milliseconds from it to the sound of another song. */
export async function measureTimeToSound(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const { soundClock } = window as unknown as { soundClock: SoundClock }
    const playing = soundClock.elements.find(({ src, paused }) => src !== '' && !paused)
    Object.assign(soundClock, { previousAddress: playing?.src ?? '', actedAt: 0, soundedAt: 0 })
  })
  await act()
  const elapsed = await page.waitForFunction(() => {
    const { actedAt, soundedAt } = (window as unknown as { soundClock: SoundClock }).soundClock
    return soundedAt > 0 && soundedAt - actedAt
  })
  return Number(await elapsed.jsonValue())
}

/** Waits until one song plays and another is loaded, of the bare player (`bare`) or of Skein. */
export async function awaitNextReady(page: Page, { bare }: { bare: boolean }): Promise<void> {
  await page.waitForFunction((isBare) => {
    const { soundClock } = window as unknown as { soundClock: SoundClock }
    const songs = soundClock.elements.filter(
      (element) =>
        element.getAttribute('src') !== null &&
        'bare' in element.dataset === isBare &&
        element.readyState === element.HAVE_ENOUGH_DATA,
    )
    const playing = songs.find(({ paused }) => !paused)
    return playing !== undefined && songs.some(({ src, paused }) => paused && src !== playing.src)
  }, bare)
}

/** Waits until no song plays. */
export async function awaitSilence(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { soundClock } = window as unknown as { soundClock: SoundClock }
    return soundClock.elements.every(({ src, paused }) => src === '' || paused)
  })
}
