import type { Page } from '@playwright/test'

interface ClockWindow {
  soundClock: {
    readonly elements: HTMLMediaElement[]
    /** When the last press of a button or double click happened, and when the last sound came, in ms. */
    pressedAt: number
    soundedAt: number
  }
}

/**
 * To be run in the page before its own code: notes when a user acts, by the time stamp that the browser gave the
 * input, and when an element fires `playing`. In that same task the element's play() resolves, by which Howler fires
 * its `play` event.
 */
export function installSoundClock(): void {
  const clock: ClockWindow['soundClock'] = { elements: [], pressedAt: 0, soundedAt: 0 }
  ;(window as unknown as ClockWindow).soundClock = clock
  for (const type of ['pointerup', 'dblclick'] as const) {
    addEventListener(type, ({ timeStamp }) => (clock.pressedAt = timeStamp), { capture: true })
  }
  const Original = window.Audio
  window.Audio = function (source?: string) {
    const element = new Original(source)
    clock.elements.push(element)
    element.addEventListener('playing', () => (clock.soundedAt = performance.now()))
    return element
  } as unknown as typeof window.Audio
}

/** Lets a user act and answers the milliseconds from there to the next sound. */
export async function millisecondsToSound(page: Page, act: () => Promise<void>): Promise<number> {
  await page.evaluate(() => {
    const { soundClock } = window as unknown as ClockWindow
    soundClock.pressedAt = 0
    soundClock.soundedAt = 0
  })
  await act()
  const clock = await page.waitForFunction(() => {
    const { pressedAt, soundedAt } = (window as unknown as ClockWindow).soundClock
    return pressedAt > 0 && soundedAt > pressedAt && { pressedAt, soundedAt }
  })
  const times = await clock.jsonValue()
  if (times === false) throw new Error('No sound came.')
  return times.soundedAt - times.pressedAt
}

/** Waits until one element sounds and another one, with another song, is ready to. */
export async function untilNextIsReady(page: Page): Promise<void> {
  await page.waitForFunction(() => {
    const songs = (window as unknown as ClockWindow).soundClock.elements.filter(
      (element) => element.getAttribute('src') && element.readyState === element.HAVE_ENOUGH_DATA,
    )
    const playing = songs.filter(({ paused }) => !paused)
    const ready = songs.filter(({ paused }) => paused)
    return playing.length === 1 && ready.some(({ src }) => src !== playing[0]?.src)
  })
}

/** Waits until nothing sounds. */
export async function untilSilent(page: Page): Promise<void> {
  await page.waitForFunction(() =>
    (window as unknown as ClockWindow).soundClock.elements.every(
      (element) => element.paused || !element.getAttribute('src'),
    ),
  )
}
