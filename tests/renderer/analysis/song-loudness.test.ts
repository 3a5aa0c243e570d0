import { beforeEach, expect, test, vi } from 'vitest'
import { SongLoudness } from '../../../renderer/session/analysis/song-loudness.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'
import { defaultSoundSettings, type GainMode } from '../../../shared/sound/sound-settings.ts'

const initial = useWindow.getState()
beforeEach(() => useWindow.setState(initial, true))

const setMode = (gainMode: GainMode) => useWindow.setState({ sound: { ...defaultSoundSettings, gainMode } })

test('a song that begins waits for what the host has measured of it', async () => {
  setMode('track')
  const songs = new SongLoudness({ trackLoudness: async (id) => ({ loudness: -id, peak: 1 }) })
  expect(songs.of(9)).toBeUndefined()
  await songs.prepare(9)
  expect(songs.of(9)).toEqual({ loudness: -9, peak: 1 })
})

test('a newer measurement replaces an older one', async () => {
  setMode('automatic')
  const measured = [{ loudness: -9, peak: 1 }, undefined]
  const songs = new SongLoudness({ trackLoudness: async () => measured.shift() })
  await songs.prepare(1)
  expect(songs.of(1)).toBeDefined()
  await songs.prepare(1)
  expect(songs.of(1)).toBeUndefined()
})

test('nothing is requested while loudness is not matched', async () => {
  setMode('off')
  const trackLoudness = vi.fn(async () => undefined)
  await new SongLoudness({ trackLoudness }).prepare(1)
  expect(trackLoudness).not.toHaveBeenCalled()
})

test('a song does not wait for a host that fails or is late', async () => {
  setMode('track')
  await new SongLoudness({ trackLoudness: () => Promise.reject(new Error('no')) }).prepare(1)
  await new SongLoudness({ trackLoudness: () => new Promise(() => {}) }).prepare(1)
})

test('the songs that played last are remembered', async () => {
  setMode('track')
  const songs = new SongLoudness({ trackLoudness: async () => ({ peak: 1 }) })
  for (let id = 1; id <= 101; id++) await songs.prepare(id)
  expect([songs.of(1), songs.of(2), songs.of(101)]).toEqual([undefined, { peak: 1 }, { peak: 1 }])
})
