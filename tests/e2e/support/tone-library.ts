import type { Locator, Page } from '@playwright/test'
import { expect } from './skein-fixture.ts'
import { readPlayingSound } from './sound-probe.ts'

export const nowPlaying = (page: Page): Locator => page.getByRole('status', { name: 'Now playing' })

export const trackRow = (page: Page, title: string): Locator =>
  page
    .getByRole('grid', { name: 'Tracks' })
    .getByRole('row')
    .filter({ has: page.getByText(title, { exact: true }) })

/** Plays the first tone and waits until it is audible. Needs `installSoundProbe`. */
export async function playFirst(page: Page): Promise<void> {
  await trackRow(page, 'Tone 0001').dblclick()
  await expect(nowPlaying(page)).toContainText('Tone 0001')
  await expect.poll(async () => (await readPlayingSound(page))?.position ?? 0).toBeGreaterThan(0)
}
