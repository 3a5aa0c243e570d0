import { describe, expect, test } from 'vitest'
import { interpretInput, mergeInputs } from '../../shared/player/input-interpreter.ts'
import type { Input } from '../../shared/player/messages.ts'
import { findShortcut, findShortcutEntry, shortcuts } from '../../shared/player/shortcuts.ts'

const key = (
  name: string,
  held: { primary?: boolean; shift?: boolean } = {},
): Extract<Input, { kind: 'key' }> => ({
  kind: 'key',
  key: name,
  primary: held.primary ?? false,
  shift: held.shift ?? false,
})

describe('merging bursts', () => {
  test('of a seek drag only the last position counts', () => {
    const drag = [1, 2, 3].map((to) => ({ kind: 'seek' as const, to }))
    expect(mergeInputs(drag)).toEqual([{ kind: 'seek', to: 3 }])
  })

  test('steps in one direction add up, steps in opposite directions do not', () => {
    const steps = [5, 5, -5, -5, -5].map((by) => ({ kind: 'seekBy' as const, by }))
    expect(mergeInputs(steps)).toEqual([
      { kind: 'seekBy', by: 10 },
      { kind: 'seekBy', by: -15 },
    ])
  })

  test('setting the volume replaces the steps before it', () => {
    expect(
      mergeInputs([
        { kind: 'volumeBy', by: 0.1 },
        { kind: 'volume', to: 0.4 },
        { kind: 'volume', to: 0.5 },
        { kind: 'volumeBy', by: 0.25 },
        { kind: 'volumeBy', by: 0.25 },
      ]),
    ).toEqual([
      { kind: 'volume', to: 0.5 },
      { kind: 'volumeBy', by: 0.5 },
    ])
  })

  test('a held arrow key is one seek', () => {
    expect(mergeInputs([key('ArrowRight'), key('ArrowRight'), key('ArrowRight')])).toEqual([
      { kind: 'seekBy', by: 15 },
    ])
  })

  test('presses of Next and Play are each kept', () => {
    const presses: Input[] = [{ kind: 'next' }, { kind: 'next' }, { kind: 'toggle' }, { kind: 'toggle' }]
    expect(mergeInputs(presses)).toEqual(presses)
  })

  test('inputs do not merge across another input, and keep their order', () => {
    const inputs: Input[] = [{ kind: 'seek', to: 90 }, { kind: 'next' }, { kind: 'seek', to: 5 }]
    expect(mergeInputs(inputs)).toEqual(inputs)
  })

  test('only the newest request of a list remains', () => {
    const list = { list: { kind: 'tracks' as const }, sort: [], from: 0, count: 100 }
    const search = (request: number) => ({ kind: 'list' as const, request, text: `${request}`, ...list })
    expect(
      mergeInputs([search(1), { kind: 'libraryCleared' }, search(2), { kind: 'next' }, search(3)]),
    ).toEqual([{ kind: 'libraryCleared' }, { kind: 'next' }, search(3)])
  })
})

describe('an interpreted input', () => {
  test('playing a song makes the present rows the list', () => {
    expect(interpretInput({ kind: 'playTrack', track: 9 })).toEqual({
      commands: [{ kind: 'playTrack', track: 9 }],
      answers: [],
      list: { start: 9, onlyIfEmpty: false },
    })
    expect(interpretInput({ kind: 'playAll' })).toEqual({
      commands: [{ kind: 'playList' }],
      answers: [],
      list: { start: 0, onlyIfEmpty: false },
    })
  })

  test('the first press of Play plays the library as it is shown', () => {
    expect(interpretInput(key(' '))).toEqual({
      commands: [{ kind: 'toggle' }],
      answers: [],
      list: { start: 0, onlyIfEmpty: true },
    })
  })

  test('stop pauses at the start of the song', () => {
    expect(interpretInput(key('MediaStop')).commands).toEqual([{ kind: 'pause' }, { kind: 'seek', to: 0 }])
  })

  test('navigation and its keys are sent to the window', () => {
    expect(interpretInput({ kind: 'navigate', to: 'settings' }).answers).toEqual([
      { kind: 'view', view: 'settings' },
    ])
    expect(interpretInput(key('f', { primary: true })).answers).toEqual([{ kind: 'focusSearch' }])
  })

  test('a key that is not a shortcut does nothing', () => {
    expect(interpretInput(key('q'))).toEqual({ commands: [], answers: [] })
  })
})

describe('shortcuts', () => {
  test.each([
    [key(' '), { kind: 'toggle' }],
    [key('ArrowRight', { primary: true }), { kind: 'next' }],
    [key('ArrowLeft', { primary: true }), { kind: 'previous' }],
    [key('ArrowUp', { primary: true }), { kind: 'volumeBy', by: 0.05 }],
    [key('ArrowDown', { primary: true }), { kind: 'volumeBy', by: -0.05 }],
    [key('ArrowLeft'), { kind: 'seekBy', by: -5 }],
    [key('ArrowRight'), { kind: 'seekBy', by: 5 }],
    [key('M'), { kind: 'toggleMute' }],
    [key('s'), { kind: 'toggleShuffle' }],
    [key('r'), { kind: 'cycleRepeat' }],
    [key('2', { primary: true }), { kind: 'view', view: 'up-next' }],
    [key('T', { primary: true, shift: true }), { kind: 'toggleThreads' }],
    [key('MediaPlayPause'), { kind: 'toggle' }],
    [key('MediaTrackNext'), { kind: 'next' }],
    [key('MediaTrackPrevious'), { kind: 'previous' }],
  ])('%j', (press, action) => {
    expect(findShortcutEntry(press)?.action).toEqual(action)
  })

  test('a shortcut’s key with another modifier is not a shortcut', () => {
    const presses = [
      key('t', { primary: true }),
      key('f'),
      key('m', { primary: true }),
      key('s', { shift: true }),
    ]
    expect(presses.map(findShortcut)).toEqual([undefined, undefined, undefined, undefined])
  })

  test('no key belongs to two shortcuts', () => {
    const keys = shortcuts.flatMap((entry) => entry.keys.map((press) => JSON.stringify(press)))
    expect(new Set(keys).size).toBe(keys.length)
  })
})
