import { afterAll, beforeAll, expect, test } from 'vitest'
import { initialPlayback } from '../../../shared/player/playback-state.ts'
import { createTrack } from '../../shared-library/create-track.ts'
import { SoundPage } from './sound-page.ts'

const song = createTrack(5, { title: 'Für Elise', artists: ['Beethoven'], album: 'Bagatelles' })
const player = {
  ...initialPlayback,
  transport: 'playing' as const,
  track: 5,
  position: 10,
  duration: 180,
  positionAt: 1000,
}

let sound: SoundPage

beforeAll(async () => {
  sound = await SoundPage.open([])
})
afterAll(() => sound.close())

test('the system shows what plays, with its cover, and that nothing plays', async () => {
  const shown = await sound.page.evaluate(
    ([player, song]) => {
      const { mediaSession } = navigator
      const read = () => ({
        state: mediaSession.playbackState,
        title: mediaSession.metadata?.title,
        artist: mediaSession.metadata?.artist,
        album: mediaSession.metadata?.album,
        cover: mediaSession.metadata?.artwork[0]?.src,
      })
      window.media.show(player, song, '/cover/3', 2000)
      const playing = read()
      window.media.show({ ...player, transport: 'paused', duration: 0 }, song, undefined, 2000)
      const paused = read()
      window.media.show({ ...player, transport: 'stopped', track: 0 }, undefined, undefined, 2000)
      return [playing, paused, read()]
    },
    [player, song] as const,
  )
  const tags = { title: 'Für Elise', artist: 'Beethoven', album: 'Bagatelles' }
  expect(shown).toEqual([
    { ...tags, state: 'playing', cover: new URL('/cover/3', sound.page.url()).href },
    { ...tags, state: 'paused', cover: undefined },
    { state: 'none' },
  ])
})

test('the system’s controls become inputs', async () => {
  const sent = await sound.page.evaluate(() => {
    for (const action of ['play', 'pause', 'stop', 'previoustrack', 'nexttrack', 'seekforward'] as const) {
      window.handlers.get(action)?.({ action })
    }
    window.handlers.get('seekbackward')?.({ action: 'seekbackward', seekOffset: 7 })
    window.handlers.get('seekto')?.({ action: 'seekto', seekTime: 42 })
    return window.sent
  })
  expect(sent).toEqual([
    { kind: 'play' },
    { kind: 'pause' },
    { kind: 'stop' },
    { kind: 'previous' },
    { kind: 'next' },
    { kind: 'seekBy', by: 5 },
    { kind: 'seekBy', by: -7 },
    { kind: 'seek', to: 42 },
  ])
})
