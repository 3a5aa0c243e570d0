import { copyFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturesFolder } from '../fixtures/fixture-files.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'
import { trackRow } from './support/tone-library.ts'

/** Files of half a second to 14 s, by their titles in the sequence of the folder. */
const songs = {
  'Reference tone': '0 alac-six.m4a',
  '1 musepack-long': '1 musepack-long.mpc',
  '2 wavpack-stereo': '2 wavpack-stereo.wv',
  '3 wma-long': '3 wma-long.wma',
} as const

test('songs that Chromium cannot decode are played by the engine', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('other-formats')
  for (const name of Object.values(songs))
    copyFileSync(join(fixturesFolder, 'other-formats', name.slice(2)), join(folder, name))
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(4)
  for (const title of Object.keys(songs))
    await expect(trackRow(window.page, title)).not.toHaveAccessibleName(/cannot/)
  const notices = await window.recordNotices()
  // A song of half a second is over before one could see that it plays, so that the next one is expected.
  for (const [title, next] of [
    ['Reference tone', '1 musepack-long'],
    ['2 wavpack-stereo', '3 wma-long'],
  ] as const) {
    await trackRow(window.page, title).dblclick()
    await window.expectNowPlaying(next)
    await window.expectMoving()
  }
  expect(await notices()).toEqual([])
})
