import { beforeEach, expect, test } from 'vitest'
import { setSender } from '../../../renderer/session/actions.ts'
import { handleHostEvent, playOnceLoaded } from '../../../renderer/session/host-event-handler.ts'
import { useWindow } from '../../../renderer/store/window-store.ts'
import { noScan } from '../../../shared/host-api.ts'
import type { Input } from '../../../shared/player/messages.ts'
import { createTrack } from '../../shared-library/create-track.ts'

let sent: Input[]
beforeEach(() => {
  sent = []
  setSender((input) => sent.push(input))
  useWindow.setState(useWindow.getInitialState(), true)
})

test('a library is forwarded to the input thread, with a request of the shown list', () => {
  handleHostEvent({ kind: 'library', folder: 'One', demo: false })
  handleHostEvent({ kind: 'tracks', tracks: [createTrack(1)] })
  handleHostEvent({ kind: 'tracksRemoved', ids: [1] })
  expect(sent).toEqual([
    { kind: 'libraryCleared' },
    expect.objectContaining({ kind: 'list', list: { kind: 'tracks' }, text: '' }),
    { kind: 'libraryTracks', tracks: [createTrack(1)] },
    { kind: 'libraryTracksRemoved', ids: Int32Array.of(1) },
  ])
})

test('the same folder keeps the search, another folder ends it', () => {
  const texts = () => sent.flatMap((input) => (input.kind === 'list' ? [input.text] : []))
  handleHostEvent({ kind: 'library', folder: 'One', demo: false })
  useWindow.setState({ query: 'words' })
  handleHostEvent({ kind: 'library', folder: 'One', demo: false })
  handleHostEvent({ kind: 'library', folder: 'Two', demo: false })
  expect(texts()).toEqual(['', 'words', ''])
})

test('a library that should play starts when all of its tracks are sent', () => {
  playOnceLoaded()
  useWindow.setState({ playWhenLoaded: true })
  handleHostEvent({ kind: 'library', folder: 'One', demo: true })
  handleHostEvent({ kind: 'scan', progress: { ...noScan, running: true, found: 2 } })
  handleHostEvent({ kind: 'tracks', tracks: [createTrack(1), createTrack(2)] })
  expect(sent).not.toContainEqual({ kind: 'playAll' })
  handleHostEvent({ kind: 'scan', progress: { ...noScan, found: 2, read: 2, walked: true } })
  expect(sent.at(-1)).toEqual({ kind: 'playAll' })
  expect(useWindow.getState().playWhenLoaded).toBe(false)
})
