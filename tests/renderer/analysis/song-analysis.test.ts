import { beforeEach, describe, expect, test, vi } from 'vitest'
import type { SongFile } from '../../../renderer/session/analysis/analyzer.ts'
import { SongAnalysis } from '../../../renderer/session/analysis/song-analysis.ts'
import { useSongAnalysis } from '../../../renderer/store/analysis-store.ts'
import type { AnalysisResult } from '../../../renderer/workers/analyzer-channels.ts'
import { encodeWaveform, type SoundAnalysis } from '../../../shared/sound/analysis/sound-analysis.ts'
import { waveformColumns } from '../../../shared/sound/analysis/waveform.ts'

const analysisOf = (track: number): SoundAnalysis => ({
  loudness: -14,
  peak: 1,
  histogram: '',
  waveform: encodeWaveform(new Int8Array(2 * waveformColumns).fill(track)),
})

const initial = useSongAnalysis.getState()
beforeEach(() => useSongAnalysis.setState(initial, true))

/** A library of tracks 1 to `tracks`, and a thread that finishes a song when the test says so. */
function setUp(tracks: number) {
  const stored = new Map<number, SoundAnalysis | undefined>()
  const begun: number[] = []
  let finish: ((result: AnalysisResult) => void) | undefined
  const host = {
    trackWaveform: async (id: number) => stored.get(id)?.waveform,
    saveAnalysis: async (id: number, analysis?: SoundAnalysis) => void stored.set(id, analysis),
    unanalyzedTracks: async (after: number) => {
      const all = Array.from({ length: tracks }, (_, index) => index + 1)
      const ids = all.filter((id) => id > after && !stored.has(id)).slice(0, 2)
      return { ids, total: tracks, done: stored.size }
    },
  }
  const analyzer = {
    analyze: ({ url }: SongFile) => {
      begun.push(Number(url.split('/').at(-1)))
      return new Promise<AnalysisResult>((resolve) => {
        finish = resolve
      })
    },
    cancel: () => finish?.({ kind: 'cancelled' }),
  }
  const onFailure = () => undefined
  const analysis = new SongAnalysis({
    host,
    analyzer,
    fileOf: (id) => ({ url: `/media/${id}`, path: '' }),
    onFailure,
  })
  /** Waits until these songs were begun, and finishes the last one. */
  const finishAs = async (expected: readonly number[], result?: AnalysisResult) => {
    await vi.waitFor(() => expect(begun).toEqual(expected))
    const track = expected.at(-1) ?? 0
    finish?.(result ?? { kind: 'analyzed', analysis: analysisOf(track) })
  }
  return { analysis, stored, begun, finishAs }
}

const scan = () => useSongAnalysis.getState().loudnessScan
const shownWaveform = () => {
  const { waveform } = useSongAnalysis.getState()
  return waveform && [waveform.track, waveform.columns[0]]
}

describe('the current song', () => {
  test('is analyzed once, then the next one', async () => {
    const { analysis, stored, begun, finishAs } = setUp(0)
    analysis.setSongs([3, 4])
    await finishAs([3])
    await vi.waitFor(() => expect(shownWaveform()).toEqual([3, 3]))
    await finishAs([3, 4])
    await vi.waitFor(() => expect([...stored.keys()]).toEqual([3, 4]))
    expect(shownWaveform()).toEqual([3, 3])
    analysis.setSongs([4, 3])
    await vi.waitFor(() => expect(shownWaveform()).toEqual([4, 4]))
    expect(begun).toEqual([3, 4])
  })

  test('is not analyzed if the host knows it', async () => {
    const { analysis, stored, begun } = setUp(0)
    stored.set(3, analysisOf(3))
    analysis.setSongs([3])
    await vi.waitFor(() => expect(shownWaveform()).toEqual([3, 3]))
    expect(begun).toEqual([])
  })

  test('has precedence over one that was skipped', async () => {
    const { analysis, stored, begun, finishAs } = setUp(0)
    analysis.setSongs([3])
    await vi.waitFor(() => expect(begun).toEqual([3]))
    analysis.setSongs([5])
    await finishAs([3, 5])
    await vi.waitFor(() => expect([...stored.keys()]).toEqual([5]))
  })

  test('that cannot be read is tried again at the next start only, and nothing is stored', async () => {
    const { analysis, stored, begun, finishAs } = setUp(0)
    analysis.setSongs([3])
    await finishAs([3], { kind: 'unreadable' })
    analysis.setSongs([4])
    await finishAs([3, 4])
    analysis.setSongs([3])
    await vi.waitFor(() => expect([...stored.keys()]).toEqual([4]))
    expect(begun).toEqual([3, 4])
  })
})

describe('the scan of the library', () => {
  test('analyzes every track, and counts them', async () => {
    const { analysis, stored, finishAs } = setUp(3)
    analysis.startScan()
    await finishAs([1])
    await vi.waitFor(() => expect(scan()).toEqual({ state: 'running', total: 3, done: 1 }))
    await finishAs([1, 2], { kind: 'undecodable' })
    await finishAs([1, 2, 3])
    await vi.waitFor(() => expect(scan()).toEqual({ state: 'complete', total: 3, done: 3 }))
    expect(stored.get(2)).toBeUndefined()
    expect(stored.get(3)).toEqual(analysisOf(3))
  })

  test('lets the current song go first, and repeats the track that it interrupted', async () => {
    const { analysis, begun, finishAs } = setUp(2)
    analysis.startScan()
    await vi.waitFor(() => expect(begun).toEqual([1]))
    analysis.setSongs([9])
    await finishAs([1, 9])
    await finishAs([1, 9, 1])
    await finishAs([1, 9, 1, 2])
    await vi.waitFor(() => expect(scan().state).toBe('complete'))
  })

  test('pauses and continues with the same track', async () => {
    const { analysis, begun, finishAs } = setUp(2)
    analysis.startScan()
    await vi.waitFor(() => expect(begun).toEqual([1]))
    analysis.pauseScan()
    await vi.waitFor(() => expect(scan().state).toBe('paused'))
    analysis.startScan()
    await finishAs([1, 1])
    await finishAs([1, 1, 2])
    await vi.waitFor(() => expect(scan().state).toBe('complete'))
  })

  test('stops, and begins again with what is left', async () => {
    const { analysis, begun, finishAs } = setUp(2)
    analysis.startScan()
    await finishAs([1])
    await vi.waitFor(() => expect(begun).toEqual([1, 2]))
    analysis.stopScan()
    await vi.waitFor(() => expect(scan().state).toBe('idle'))
    analysis.startScan()
    await finishAs([1, 2, 2])
    await vi.waitFor(() => expect(scan()).toEqual({ state: 'complete', total: 2, done: 2 }))
  })
})
