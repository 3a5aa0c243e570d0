import { beforeEach, expect, test } from 'vitest'
import { setSender } from '../../../renderer/session/actions.ts'
import { applyRemoteRequest } from '../../../renderer/session/remote-commands.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'
import type { Input } from '../../../shared/player/messages.ts'

let sent: Input[]
beforeEach(() => {
  sent = []
  setSender((input) => sent.push(input))
  useWindow.setState(useWindow.getInitialState(), true)
})

test('external tracks are played or queued', () => {
  applyRemoteRequest({ kind: 'play', tracks: [3, 1] })
  applyRemoteRequest({ kind: 'enqueue', tracks: [2] })
  expect(sent).toEqual([
    { kind: 'playTracks', tracks: Int32Array.of(3, 1) },
    { kind: 'enqueue', tracks: Int32Array.of(2), at: 'end' },
  ])
})

test('play-pause waits for a library that is loading', () => {
  useWindow.setState({ folder: 'Music' })
  applyRemoteRequest({ kind: 'command', command: 'play-pause' })
  expect(sent).toEqual([])
  expect(useWindow.getState().playWhenLoaded).toBe(true)
})

test('commands become the inputs of the buttons', () => {
  for (const command of ['play-pause', 'next', 'previous'] as const)
    applyRemoteRequest({ kind: 'command', command })
  expect(sent.map(({ kind }) => kind)).toEqual(['toggle', 'next', 'previous'])
})

test('the last session restores its song and its queue, and play-pause then needs no library', () => {
  applyRemoteRequest({ kind: 'resume', session: { track: 7, position: 12.5, queue: [8, 9] } })
  expect(sent).toEqual([
    { kind: 'resume', track: 7, position: 12.5 },
    { kind: 'enqueue', tracks: Int32Array.of(8, 9), at: 'end' },
  ])
  useWindow.setState({ folder: 'Music' })
  applyRemoteRequest({ kind: 'command', command: 'play-pause' })
  expect(sent.at(-1)).toEqual({ kind: 'toggle' })
})
