import type { Page } from '@playwright/test'

interface SoundClock {
  readonly elements: HTMLAudioElement[]
  /** The address of the song that sounded when the clock was set. */
  previousAddress: string
  /** When a button was last released or something double clicked, and when the next song sounded, in ms; 0 for not yet. */
  actedAt: number
  soundedAt: number
}

/**
 * To be run in the page before its own code: notes when a user acts, by the time stamp that the browser gave the
 * input, and when another song than before fires `playing`. In that same task the element's play() resolves, at
 * which Howler fires its `play` event.
 */
export function installSoundClock(): void {
  const clock: SoundClock = { elements: [], previousAddress: '', actedAt: 0, soundedAt: 0 }
  ;(window as unknown as { soundClock: SoundClock }).soundClock = clock
  const note = ({ timeStamp }: Event) => {
    clock.actedAt = timeStamp
  }
  addEventListener('pointerup', note, { capture: true })
  addEventListener('dblclick', note, { capture: true })
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

/** Lets a user act and answers the milliseconds from there to the sound of another song. */
export async function measureTimeToSound(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const { soundClock } = window as unknown as { soundClock: SoundClock }
    const sounding = soundClock.elements.find(({ src, paused }) => src !== '' && !paused)
    Object.assign(soundClock, { former: sounding?.src ?? '', actedAt: 0, soundedAt: 0 })
  })
  await act()
  const sounded = await page.waitForFunction(() => {
    const { actedAt, soundedAt } = (window as unknown as { soundClock: SoundClock }).soundClock
    return soundedAt > 0 && soundedAt - actedAt
  })
  return Number(await sounded.jsonValue())
}

/** Waits until one song sounds and another is ready to; `bare` are those of the bare player, else they are Skein's. */
export async function awaitNextReady(page: Page, { bare }: { bare: boolean }): Promise<void> {
  await page.waitForFunction((isBare) => {
    const { soundClock } = window as unknown as { soundClock: SoundClock }
    const songs = soundClock.elements.filter(
      (element) =>
        element.getAttribute('src') !== null &&
        'bare' in element.dataset === isBare &&
        element.readyState === element.HAVE_ENOUGH_DATA,
    )
    const sounding = songs.find(({ paused }) => !paused)
    return sounding !== undefined && songs.some(({ src, paused }) => paused && src !== sounding.src)
  }, bare)
}

/** Waits until nothing sounds. */
export async function awaitSilence(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const { soundClock } = window as unknown as { soundClock: SoundClock }
    return soundClock.elements.every(({ src, paused }) => src === '' || paused)
  })
}
