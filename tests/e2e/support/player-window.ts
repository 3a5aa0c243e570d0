import { expect, type Locator, type Page } from '@playwright/test'
import { awaitFrames } from './frame-timing.ts'
import type { Skein } from './skein-fixture.ts'
import { nowPlaying, trackRow } from './tone-library.ts'

export type ViewLink = 'Library' | 'Up next' | 'Playlists' | 'Lab' | 'Settings'

/** Finds the parts of the player's window as a user does: by their roles and accessible names. */
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
  /** The next songs, while the view Up next is shown. */
  readonly upNext: Locator

  constructor({ page }: Pick<Skein, 'page'>) {
    this.page = page
    this.tracks = page.getByRole('grid', { name: 'Tracks' })
    this.player = page.getByRole('region', { name: 'Player' })
    this.nowPlaying = nowPlaying(page)
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
    return trackRow(this.page, title)
  }

  async show(view: ViewLink): Promise<void> {
    const link = this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: view })
    await link.click()
    await expect(link).toHaveAttribute('aria-current', 'page')
  }

  /** Returns the titles of the visible rows, from top to bottom. */
  async titles(): Promise<string[]> {
    return await this.tracks.locator('[role=gridcell][aria-colindex="2"] [title]').allTextContents()
  }

  /** Waits until the library's header shows this number of tracks and the scan is over. */
  async expectTracks(count: number): Promise<void> {
    const text = `${count.toLocaleString('en')} ${count === 1 ? 'track' : 'tracks'}`
    await expect(this.page.getByText(text, { exact: true })).toBeVisible({ timeout: 30_000 })
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

  /** Clicks Next and returns the title of the song that plays then. */
  async next(): Promise<string> {
    const before = await this.nowPlayingTitle()
    await this.control('Next').click()
    await expect(this.title).not.toHaveText(before)
    return await this.nowPlayingTitle()
  }

  /** Returns the seconds from the start of the song, as the seek slider shows them. */
  async position(): Promise<number> {
    return Number(await this.seek.inputValue())
  }

  async expectPosition(min: number, max = Number.POSITIVE_INFINITY): Promise<void> {
    await expect
      .poll(async () => {
        const position = await this.position()
        return position >= min && position <= max
      }, `the position reaches ${min} to ${max} s`)
      .toBe(true)
  }

  /** Waits until the position advances. */
  async expectMoving(): Promise<void> {
    await this.expectPosition((await this.position()) + 0.1)
  }

  /** Waits until the window has drawn this many frames. */
  async awaitFrames(count: number): Promise<void> {
    await awaitFrames(this.page, count)
  }

  /** Records every title that `Now playing` shows from now on. The result returns them in order. */
  recordTitles(): Promise<() => Promise<string[]>> {
    return recordParagraphs(this.nowPlaying)
  }

  /** Records every notice that is shown from now on. The result returns them in order. */
  recordNotices(): Promise<() => Promise<string[]>> {
    return recordParagraphs(this.notices)
  }

  /** Resolves once the position has jumped from the song's end to its start this often. */
  async awaitRestarts(times: number): Promise<void> {
    await this.seek.evaluate(
      (slider: HTMLInputElement, left) =>
        new Promise<void>((resolve) => {
          let last = Number(slider.value)
          const poll = () => {
            const value = Number(slider.value)
            if (value < 0.5 && last > Number(slider.max) - 0.5) left--
            last = value
            if (left > 0) requestAnimationFrame(poll)
            else resolve()
          }
          poll()
        }),
      times,
    )
  }

  /** Plays the songs that the library shows, from the first one. */
  async playAll(): Promise<void> {
    await this.button('Play all').click()
    await expect(this.control('Pause')).toBeVisible()
  }
}

/** Makes the system's folder dialog return this folder without opening; undefined cancels it. */
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

/** Records the text of the first paragraph in `region`, now and whenever it changes. */
async function recordParagraphs(region: Locator): Promise<() => Promise<string[]>> {
  const recording = await region.evaluateHandle((element) => {
    const texts: string[] = []
    const record = () => {
      const text = element.querySelector('p')?.textContent
      if (text && text !== texts.at(-1)) texts.push(text)
    }
    new MutationObserver(record).observe(element, { subtree: true, childList: true, characterData: true })
    record()
    return texts
  })
  return () => recording.jsonValue()
}
