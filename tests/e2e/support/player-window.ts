/** The player's window by what a user finds in it: roles and accessible names. */
import { expect, type Locator, type Page } from '@playwright/test'
import type { Skein } from './skein-fixture.ts'

export type ViewLink = 'Library' | 'Up next' | 'Lab' | 'Settings'

export class PlayerWindow {
  readonly page: Page
  readonly tracks: Locator
  readonly player: Locator
  readonly nowPlaying: Locator
  readonly seek: Locator
  readonly volume: Locator
  readonly search: Locator
  readonly notices: Locator
  readonly failure: Locator
  /** The songs to come, while the view Up next is shown. */
  readonly upNext: Locator

  constructor({ page }: Pick<Skein, 'page'>) {
    this.page = page
    this.tracks = page.getByRole('grid', { name: 'Tracks' })
    this.player = page.getByRole('region', { name: 'Player' })
    this.nowPlaying = page.getByRole('status', { name: 'Now playing' })
    this.seek = page.getByRole('slider', { name: 'Seek' })
    this.volume = page.getByRole('slider', { name: 'Volume' })
    this.search = page.getByRole('searchbox', { name: 'Search library' })
    this.notices = page.getByRole('log', { name: 'Notices' })
    this.failure = page.getByRole('alert')
    this.upNext = page.getByRole('list', { name: /^Up next/ })
  }

  /** A button of the player bar. */
  control(name: 'Play' | 'Pause' | 'Next' | 'Previous' | 'Shuffle' | 'Repeat' | 'Mute'): Locator {
    return this.player.getByRole('button', { name, exact: true })
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  row(title: string): Locator {
    return this.tracks.getByRole('row').filter({ has: this.page.getByText(title, { exact: true }) })
  }

  async show(view: ViewLink): Promise<void> {
    const link = this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: view })
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
  }

  /** The titles of the rows in sight, from top to bottom. */
  async titles(): Promise<string[]> {
    return await this.tracks.locator('[role=gridcell][aria-colindex="2"] [title]').allTextContents()
  }

  /** Waits until the library's header tells this many tracks. */
  async expectTracks(count: number): Promise<void> {
    const words = `${count.toLocaleString('en')} ${count === 1 ? 'track' : 'tracks'}`
    await expect(this.page.getByText(words, { exact: true })).toBeVisible({ timeout: 30_000 })
    await expect(this.button('Rescan')).toBeVisible({ timeout: 30_000 })
  }

  async expectNowPlaying(title: string): Promise<void> {
    await expect(this.title).toHaveText(title)
  }

  get title(): Locator {
    return this.nowPlaying.getByRole('paragraph').first()
  }

  async nowPlayingTitle(): Promise<string> {
    return (await this.title.textContent()) ?? ''
  }

  /** Clicks Next and answers with the title of the song that plays then. */
  async next(): Promise<string> {
    const before = await this.nowPlayingTitle()
    await this.control('Next').click()
    await expect(this.title).not.toHaveText(before)
    return await this.nowPlayingTitle()
  }

  /** Seconds from the start of the song, as the seek slider shows them. */
  async position(): Promise<number> {
    return Number(await this.seek.inputValue())
  }

  async expectPosition(least: number, most = Number.POSITIVE_INFINITY): Promise<void> {
    await expect
      .poll(async () => {
        const position = await this.position()
        return position >= least && position <= most
      }, `the position comes between ${least} and ${most} s`)
      .toBe(true)
  }

  /** Sound comes: the position moves on from where it is. */
  async expectMoving(): Promise<void> {
    await this.expectPosition((await this.position()) + 0.1)
  }

  /** Waits for this many frames of the window. */
  async awaitFrames(count: number): Promise<void> {
    await this.page.evaluate(
      (left) =>
        new Promise<void>((resolve) => {
          const frame = () => (left-- > 0 ? requestAnimationFrame(frame) : resolve())
          frame()
        }),
      count,
    )
  }

  /** Notes every title that `Now playing` shows from now on; the answer reads them, in order. */
  recordTitles(): Promise<() => Promise<string[]>> {
    return recordParagraphs(this.nowPlaying)
  }

  /** Notes every notice that is shown from now on; the answer reads them, in order. */
  recordNotices(): Promise<() => Promise<string[]>> {
    return recordParagraphs(this.notices)
  }

  /** Resolves when the position has gone back to the start this often by itself, each time from the song's end. */
  async awaitRestarts(times: number): Promise<void> {
    await this.seek.evaluate(
      (slider: HTMLInputElement, left) =>
        new Promise<void>((resolve) => {
          let last = Number(slider.value)
          const look = () => {
            const value = Number(slider.value)
            if (value < 0.5 && last > Number(slider.max) - 0.5) left--
            last = value
            if (left > 0) requestAnimationFrame(look)
            else resolve()
          }
          look()
        }),
      times,
    )
  }

  /** Plays what the library shows from its first song. */
  async playAll(): Promise<void> {
    await this.button('Play all').click()
    await expect(this.control('Pause')).toBeVisible()
  }
}

/** Has the system's dialog answer with this folder when it is opened next; undefined cancels it. */
export async function answerFolderDialog(
  application: Skein['application'],
  folder: string | undefined,
): Promise<void> {
  await application?.evaluate(({ dialog }, chosen) => {
    dialog.showOpenDialog = async () => ({
      canceled: chosen === undefined,
      filePaths: chosen === undefined ? [] : [chosen],
    })
  }, folder)
}

/** Notes what the first paragraph within `place` says, from now on, whenever it is another text. */
async function recordParagraphs(place: Locator): Promise<() => Promise<string[]>> {
  const recording = await place.evaluateHandle((element) => {
    const texts: string[] = []
    const look = () => {
      const text = element.querySelector('p')?.textContent
      if (text && text !== texts.at(-1)) texts.push(text)
    }
    new MutationObserver(look).observe(element, { subtree: true, childList: true, characterData: true })
    look()
    return texts
  })
  return () => recording.jsonValue()
}
