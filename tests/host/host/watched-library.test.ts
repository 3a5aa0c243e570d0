import {
  closeSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { HostService } from '../../../electron/host/host-service.ts'
import { startNodeWatcher } from '../../../electron/library/watching/watcher-process-handle.ts'
import type { Track } from '../../../shared/library/track.ts'
import { encodeId3Tag } from '../../fixtures/id3-tag.ts'
import { makeTones } from '../../fixtures/make-libraries.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'

/** A host that watches a folder, and what its page knows of the tracks. */
async function watchFolder(folder: string, data = scratchFolder()) {
  const service = new HostService({ data, startWatcher: startNodeWatcher })
  const close = async () => void (await service.close())
  onTestFinished(close)
  const tracks = new Map<number, Track>()
  service.events.subscribe((event) => {
    if (event.kind === 'library') tracks.clear()
    for (const track of tracksOfEvent(event)) tracks.set(track.id, track)
    if (event.kind === 'tracksRemoved') for (const id of event.ids) tracks.delete(id)
  })
  await service.start({ kind: 'open', paths: [folder] })
  const find = (title: string) => [...tracks.values()].find((track) => track.title === title)
  return { service, tracks, find, close, data }
}

const wave = (title: string): Buffer =>
  createWaveFile({
    seconds: 2,
    hertz: 440,
    id3: encodeId3Tag({ title, artist: 'Artist', album: 'Album', number: 1 }),
  })

test('songs that are added, changed, moved and removed are found, and keep their rating', async () => {
  const folder = scratchFolder()
  makeTones(folder, { count: 3, seconds: 2 })
  const { service, tracks, find } = await watchFolder(folder)
  await until(() => expect(tracks.size).toBe(3))
  writeFileSync(join(folder, 'added.wav'), wave('Added'))
  await until(() => expect(find('Added')).toBeDefined())
  const id = find('Added')?.id ?? 0
  expect(await service.call('rateTracks', [[id], 4.5])).toMatchObject({ ok: true })
  expect(await service.call('recordPlay', [id])).toMatchObject({ ok: true })
  await until(() => expect(tracks.get(id)).toMatchObject({ rating: 4.5, playCount: 1 }))
  writeFileSync(join(folder, 'added.wav'), wave('Retagged'))
  await until(() => expect(tracks.get(id)).toMatchObject({ title: 'Retagged', rating: 4.5 }))
  renameSync(join(folder, 'added.wav'), join(folder, 'moved.wav'))
  await until(() => expect(tracks.get(id)).toMatchObject({ path: 'moved.wav', rating: 4.5, playCount: 1 }))
  rmSync(join(folder, 'moved.wav'))
  await until(() => expect(tracks.get(id)).toMatchObject({ unavailable: 'fileMissing', rating: 4.5 }))
}, 120_000)

test('plays and ratings are there at the next start', async () => {
  const folder = scratchFolder()
  makeTones(folder, { count: 2, seconds: 1 })
  const first = await watchFolder(folder)
  await until(() => expect(first.tracks.size).toBe(2))
  const id = first.find('Tone 0002')?.id ?? 0
  await first.service.call('rateTracks', [[id], 0.5])
  await first.service.call('recordPlay', [id])
  await first.service.call('recordPlay', [id])
  await first.close()
  const second = await watchFolder(folder, first.data)
  await until(() => expect(second.tracks.get(id)).toMatchObject({ rating: 0.5, playCount: 2 }))
  expect(second.tracks.get(id)?.lastPlayedAt).toBeGreaterThan(Date.now() - 600_000)
})

test('a file that was retagged in place while Skein did not run is read again after the start', async () => {
  const folder = scratchFolder()
  writeFileSync(join(folder, 'one.wav'), wave('Before'))
  // The time of the folder is settled, so that the scan at the start has no reason to list it.
  utimesSync(folder, 1_700_000_000, 1_700_000_000)
  const first = await watchFolder(folder)
  await until(() => expect(first.find('Before')).toBeDefined())
  const id = first.find('Before')?.id ?? 0
  await first.service.library.settled()
  await first.close()
  writeFileSync(join(folder, 'one.wav'), wave('After!'))
  expect(statSync(folder).mtimeMs).toBe(1_700_000_000_000)
  const second = await watchFolder(folder, first.data)
  await until(() => expect(second.tracks.get(id)).toMatchObject({ title: 'After!' }))
})

test('a file that is written while it is read is listed with its final tags', async () => {
  const folder = scratchFolder()
  makeTones(folder, { count: 1, seconds: 1 })
  const { tracks, find } = await watchFolder(folder)
  await until(() => expect(tracks.size).toBe(1))
  const bytes = wave('Copied')
  const file = openSync(join(folder, 'copied.wav'), 'w')
  const half = Math.floor(bytes.length / 2)
  writeSync(file, bytes, 0, half)
  // The scan meets the first half: its tags at the end are missing.
  await until(() => expect(tracks.size).toBe(2))
  writeSync(file, bytes, half)
  closeSync(file)
  await until(() => expect(find('Copied')).toBeDefined())
  expect(tracks.size).toBe(2)
  expect(readFileSync(join(folder, 'copied.wav')).equals(bytes)).toBe(true)
}, 60_000)
