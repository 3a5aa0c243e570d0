import { readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

/** Returns a folder of two songs, and a data folder as a Skein leaves it that crashed while it scanned that folder. */
function crashedScan(temporaryFolder: (name: string) => string): { music: string; dataFolder: string } {
  const music = temporaryFolder('music')
  makeTones(music, { count: 2 })
  const dataFolder = temporaryFolder('data')
  const library = { kind: 'folder', folder: music }
  writeFileSync(join(dataFolder, 'settings.json'), JSON.stringify({ version: 1, library }))
  writeFileSync(join(dataFolder, 'scan-99999999.json'), JSON.stringify({ folder: music }))
  return { music, dataFolder }
}

test('after a crash Skein asks before it opens the same folder again', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const { dataFolder } = crashedScan(temporaryFolder)
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
  const { music, dataFolder } = crashedScan(temporaryFolder)
  const window = new PlayerWindow(await openSkein({ dataFolder, folder: music }))
  await window.expectTracks(2)
})
