import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturesFolder } from '../fixtures/fixture-files.ts'
import { makeTones } from '../fixtures/make-libraries.ts'
import { box, data, fileType, itemList, mediaData, movie, soundEntry, track } from '../fixtures/mp4-file.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'
import { nowPlaying, trackRow } from './support/tone-library.ts'

const reason = /cannot play AC-3/

test('a song that cannot be decoded is marked with the reason, and passed over with one notice', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('unplayable')
  makeTones(folder, { count: 1, seconds: 60 })
  const entry = soundEntry('ac-3')
  const tags = itemList(box('©nam', data('Surround')), box('©ART', data('Artist 000')))
  const file = Buffer.concat([fileType(), movie(track({ entry }), tags), mediaData()])
  writeFileSync(join(folder, '0000 surround.m4a'), file)
  const window = new PlayerWindow(await openSkein({ folder }))
  const { page } = window
  await window.expectTracks(2)
  const row = trackRow(page, 'Surround')
  await expect(row).toHaveAccessibleName(reason)
  await expect(trackRow(page, 'Tone 0001')).not.toHaveAccessibleName(/cannot/)
  await row.locator('[data-hint]').hover()
  await expect(page.getByRole('tooltip')).toHaveText(reason)
  const notices = await window.recordNotices()
  await row.dblclick()
  await expect(nowPlaying(page)).toContainText('Tone 0001')
  await window.expectMoving()
  expect(await notices()).toEqual([expect.stringMatching(reason)])
})

test('a song that only the engine can decode plays to its end', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('lossless')
  for (const name of ['alac-stereo.m4a', 'wavpack-stereo.wv'])
    cpSync(join(fixturesFolder, 'other-formats', name), join(folder, name))
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(2)
  const notices = await window.recordNotices()
  await window.playAll()
  await expect(window.control('Play')).toBeVisible()
  expect(await notices()).toEqual([])
})
