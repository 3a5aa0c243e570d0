import { describe, expect, test } from 'vitest'
import { runHostCall } from '../../../electron/host/host-calls.ts'
import {
  defaultSettings,
  forwardHostCalls,
  type HostCallName,
  hostCallNames,
} from '../../../shared/host-api.ts'
import { flatGains } from '../../../shared/sound/equalizer.ts'

/** Calls that record their arguments. */
function recordedCalls() {
  const made: unknown[] = []
  const calls = forwardHostCalls(async (name, args) => {
    made.push([name, ...args])
    return `result of ${name}`
  })
  return { made, call: (name: HostCallName, args: unknown) => runHostCall(calls, name, args) }
}

const session = { track: 3, position: 1.5, queue: [1, 2] }

const rules = {
  match: 'all',
  rules: [
    { kind: 'text', field: 'artist', operator: 'is', value: 'A' },
    { kind: 'number', field: 'year', operator: 'between', value: 1990, to: 1999 },
    { kind: 'date', field: 'added', operator: 'within', days: 30 },
  ],
  sort: { field: 'random', descending: false },
  limit: { count: 10, unit: 'tracks' },
}

const analysis = { loudness: -14.2, peak: 0.98, histogram: 'AAE=', waveform: 'A'.repeat(4000) }

const validArguments: Record<HostCallName, readonly (readonly unknown[])[]> = {
  settings: [[]],
  saveSettings: [[defaultSettings]],
  saveSession: [[session], [{ track: 0, position: 0, queue: [] }]],
  acknowledgeShutdown: [[]],
  chooseFolder: [[]],
  listFolders: [[], [1]],
  openFolder: [[1]],
  addFolder: [[], [1]],
  removeFolder: [[1]],
  excludeFolder: [[1]],
  includeFolder: [[1]],
  openDemo: [[]],
  reopenFolder: [[]],
  checkFolders: [[]],
  recordPlay: [[1]],
  rateTracks: [
    [[1, 2], 3.5],
    [[], 0],
  ],
  rescan: [[]],
  stopScan: [[]],
  pauseScan: [[]],
  continueScan: [[]],
  trackDetails: [[1]],
  trackLoudness: [[1]],
  trackWaveform: [[1]],
  unanalyzedTracks: [[0], [7]],
  saveAnalysis: [[1], [1, analysis], [1, { peak: 0, histogram: '', waveform: '' }]],
  about: [[]],
  showLocation: [['data'], ['log'], ['licences']],
  showTrack: [[1]],
  controlThread: [
    [2, { kind: 'pause' }],
    [3, { kind: 'slow', factor: 10 }],
  ],
  createPlaylist: [
    [{ kind: 'list', name: 'A', parent: 0, tracks: [1, 1] }],
    [{ kind: 'folder', name: 'A', parent: 3 }],
    [{ kind: 'smart', name: 'A', parent: 0, rules }],
  ],
  renamePlaylist: [[1, 'A']],
  setPlaylistRules: [
    [1, rules],
    [1, { ...rules, rules: [], limit: undefined }],
    [1, JSON.parse(JSON.stringify({ ...rules, limit: undefined }))],
  ],
  movePlaylist: [[1, 0, 0]],
  deletePlaylist: [[1]],
  addToPlaylist: [[1, [1, 2]]],
  removePlaylistEntries: [[1, [0, 2]]],
  movePlaylistEntries: [[1, [0, 2], 5]],
  undoPlaylistChange: [[1]],
  importPlaylists: [[]],
  importPlaylistFile: [[{ name: 'a.m3u', content: 'YQ==' }]],
  exportPlaylist: [
    [1, 'xspf'],
    [1, 'm3u8', [1]],
  ],
}

const preset = { name: 'Mine', gains: flatGains }

/** Arguments of the right number that are wrong in their shape. */
const invalidArguments: Partial<Record<HostCallName, readonly (readonly unknown[])[]>> = {
  saveSettings: [
    [undefined],
    [{}],
    ['dark'],
    [{ ...defaultSettings, volume: 1.1 }],
    [{ ...defaultSettings, volume: Number.NaN }],
    [{ ...defaultSettings, volume: '0.5' }],
    [{ ...defaultSettings, theme: 'blue' }],
    [{ ...defaultSettings, libraryTab: 'album' }],
    [{ ...defaultSettings, trackColumns: ['number'] }],
    [{ ...defaultSettings, trackColumns: ['title', 'title'] }],
    [{ ...defaultSettings, trackColumns: ['title', 'mood'] }],
    [{ ...defaultSettings, folder: '/etc' }],
    ...[
      { crossfade: 12.1 },
      { gainMode: 'loud' },
      { preamp: -16 },
      { balance: 1.01 },
      { speed: 0 },
      { speed: Number.NaN },
      { outputDevice: { id: '', label: '' } },
      { equalizer: { isEnabled: true, gains: [1, 2, 3], presets: [] } },
      { equalizer: { isEnabled: true, gains: flatGains.with(9, 12.5), presets: [] } },
      { equalizer: { isEnabled: true, gains: flatGains, presets: [{ name: ' ', gains: flatGains }] } },
      { equalizer: { isEnabled: true, gains: flatGains, presets: [preset, preset] } },
      { reverb: true },
    ].map((wrong) => [{ ...defaultSettings, sound: { ...defaultSettings.sound, ...wrong } }]),
  ],
  showTrack: [[0], ['1']],
  saveSession: [
    [{ ...session, track: -1 }],
    [{ ...session, track: 1.5 }],
    [{ ...session, position: -1 }],
    [{ ...session, position: Number.NaN }],
    // JSON has it as 1e999, and would write it as null.
    [{ ...session, position: Number.POSITIVE_INFINITY }],
    [{ ...session, queue: Array.from({ length: 10_001 }, () => 1) }],
    [{ ...session, queue: [0] }],
    [{ ...session, queue: ['/etc/passwd'] }],
    [{ ...session, queue: { length: 1e9 } }],
    [{ ...session, file: '/etc/passwd' }],
  ],
  listFolders: [[0], [-1], [1.5], ['/etc'], [Number.POSITIVE_INFINITY], [null]],
  openFolder: [[0], ['/etc'], [[1]], [{ id: 1 }]],
  addFolder: [[0], ['/etc'], [null]],
  removeFolder: [[], [0], ['/etc']],
  excludeFolder: [[], [0], ['/etc']],
  includeFolder: [[], [0], ['/etc']],
  recordPlay: [[0], ['1'], [[1]]],
  trackDetails: [[], [0], ['1'], [1, 2], [null]],
  trackLoudness: [[], [0], ['1']],
  trackWaveform: [[], [0], ['1']],
  unanalyzedTracks: [[], [-1], ['0']],
  saveAnalysis: [
    [],
    [0],
    [1, {}],
    [1, { ...analysis, peak: -1 }],
    [1, { ...analysis, loudness: 100 }],
    [1, { ...analysis, waveform: '%' }],
    [1, { ...analysis, waveform: 'A'.repeat(4004) }],
    [1, { ...analysis, more: 1 }],
  ],
  rateTracks: [
    [1, 3],
    [[0], 3],
    [[1], 5.5],
    [[1], -0.5],
    [[1], 0.3],
    [[1], Number.NaN],
    [[1], '3'],
    [[1], null],
    [Array.from({ length: 10_001 }, () => 1), 3],
  ],
  showLocation: [['/etc/passwd'], ['__proto__'], [1]],
  controlThread: [
    // The main thread, which must not be stopped by a page.
    [1, { kind: 'pause' }],
    [2, { kind: 'kill' }],
    [2, { kind: 'slow' }],
    [2, { kind: 'slow', factor: 0 }],
    [2, { kind: 'slow', factor: 1e9 }],
    [2, { kind: 'pause', factor: 2 }],
    [2, 'pause'],
  ],
  createPlaylist: [
    [{ kind: 'list', name: 'A', parent: -1 }],
    [{ kind: 'list', name: 'A', parent: 0, tracks: ['/etc/passwd'] }],
    [{ kind: 'list', name: 'A', parent: 0, tracks: Array.from({ length: 100_001 }, () => 1) }],
    [{ kind: 'folder', name: 'A', parent: 0, tracks: [1] }],
    [{ kind: 'smart', name: 'A', parent: 0 }],
    [{ kind: 'other', name: 'A', parent: 0 }],
  ],
  renamePlaylist: [
    [0, 'A'],
    [1, 2],
    [1, 'A'.repeat(10_001)],
  ],
  setPlaylistRules: [
    [1, { ...rules, match: 'none' }],
    [1, { ...rules, rules: [{ kind: 'text', field: 'year', operator: 'is', value: 'A' }] }],
    [1, { ...rules, rules: [{ kind: 'number', field: 'year', operator: 'above', value: 'A', to: 0 }] }],
    [1, { ...rules, rules: Array.from({ length: 51 }, () => rules.rules[0]) }],
    [1, { ...rules, limit: { count: Number.NaN, unit: 'tracks' } }],
  ],
  movePlaylist: [
    [1, 0, -1],
    [1, 'top', 0],
  ],
  deletePlaylist: [[0]],
  addToPlaylist: [
    [1, [0]],
    [1, [1.5]],
    [1, { length: 1e9 }],
  ],
  removePlaylistEntries: [[1, [-1, 2]]],
  movePlaylistEntries: [[1, [0, 2], -5]],
  undoPlaylistChange: [['last']],
  importPlaylistFile: [[{ name: 'a.m3u', content: '!' }], [{ path: '/etc/passwd' }]],
  exportPlaylist: [
    [1, 'html'],
    [1, 'm3u', ['a']],
    ['/etc/passwd', 'm3u'],
  ],
}

describe.each([...hostCallNames])('the call %s', (name) => {
  test('passes valid arguments on and returns the result', async () => {
    for (const args of validArguments[name]) {
      const { made, call } = recordedCalls()
      expect(await call(name, args)).toBe(`result of ${name}`)
      expect(made).toEqual([[name, ...args]])
    }
  })

  test('is refused with too many arguments, or with something that is no list of them', async () => {
    const { made, call } = recordedCalls()
    const [args = []] = validArguments[name]
    for (const wrong of [[...args, 1, 2], undefined, null, 'settings', 7, { length: args.length }])
      await expect(call(name, wrong)).rejects.toThrow(/Invalid (type|length)/)
    expect(made).toEqual([])
  })

  test.runIf(invalidArguments[name])('is refused with arguments of a wrong shape', async () => {
    const { made, call } = recordedCalls()
    for (const args of invalidArguments[name] ?? [])
      await expect(call(name, args), JSON.stringify(args)).rejects.toThrow(/Invalid/)
    expect(made).toEqual([])
  })
})
