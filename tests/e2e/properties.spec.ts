import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import AxeBuilder from '@axe-core/playwright'
import { encodeId3Tag } from '../fixtures/id3-tag.ts'
import { createWaveFile } from '../fixtures/wave-file.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('the properties of a track show what its file contains, by keyboard alone', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
  host,
}) => {
  const folder = temporaryFolder('music')
  const file = join(folder, 'song.wav')
  const id3 = encodeId3Tag({ title: 'A long way', artist: 'Bell', album: 'Oak', year: 1999 })
  writeFileSync(file, createWaveFile({ seconds: 2, hertz: 440, id3 }))
  const { page } = await openSkein({ folder })
  const window = new PlayerWindow({ page })
  await window.expectTracks(1)
  const row = window.tracks.getByRole('row', { name: /A long way/ })
  const open = async () => {
    await row.focus()
    await page.keyboard.press('Shift+F10')
    await page.getByRole('menuitem', { name: 'Properties' }).focus()
    await page.keyboard.press('Enter')
  }
  await open()
  const dialog = page.getByRole('dialog', { name: 'Properties' })
  const value = (name: string) =>
    dialog.getByRole('definition').and(dialog.locator(`dt:text-is("${name}") + dd`))
  await expect(value('Path')).toHaveText(file)
  await expect(value('Codec')).toHaveText('PCM')
  await expect(value('Sample rate')).toHaveText('8,000 Hz')
  await expect(value('Bitrate')).toHaveText('128 kbit/s')
  await expect(dialog.getByRole('heading', { name: 'ID3v2.4' })).toBeVisible()
  await expect(value('TIT2')).toHaveText('A long way')
  await expect(value('TDRC')).toHaveText('1999')
  // Chromium's tool for Electron cannot open the page that axe needs.
  if (host === 'web') {
    const { violations } = await new AxeBuilder({ page }).include('[role=dialog]').analyze()
    expect(violations).toEqual([])
  }
  await page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  rmSync(file)
  await open()
  await expect(dialog).toContainText('The file no longer exists')
})
