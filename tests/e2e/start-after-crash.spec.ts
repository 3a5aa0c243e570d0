import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

/** Fills a data folder like a Skein that crashed while it scanned a folder. */
function leaveAfterCrash(dataFolder: string, folder: string): void {
  const library = { kind: 'folder', folder }
  writeFileSync(join(dataFolder, 'settings.json'), JSON.stringify({ version: 1, library }))
  writeFileSync(join(dataFolder, 'scan-99999999.json'), JSON.stringify({ folder }))
}

test('after a crash Skein asks before it opens the same folder again', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const music = temporaryFolder('music')
  makeTones(music, { count: 2 })
  const dataFolder = temporaryFolder('data')
  leaveAfterCrash(dataFolder, music)
  const window = new PlayerWindow(await openSkein({ dataFolder }))
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText(
    /^Skein ended unexpectedly while it read “.*skein-music-.*”\.$/,
  )
  await expect(window.button('Choose another folder…')).toBeEnabled()
  await window.button('Open the folder again').click()
  await window.expectTracks(2)
  await expect.poll(() => readdirSync(dataFolder).filter((name) => name.startsWith('scan-'))).toEqual([])
})

test('after a crash a folder on the command line is opened at once', async ({
  openSkein,
  temporaryFolder,
}) => {
  const music = temporaryFolder('music')
  makeTones(music, { count: 2 })
  const dataFolder = temporaryFolder('data')
  leaveAfterCrash(dataFolder, music)
  const window = new PlayerWindow(await openSkein({ dataFolder, folder: music }))
  await window.expectTracks(2)
})
