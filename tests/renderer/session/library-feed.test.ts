import { beforeEach, expect, test } from 'vitest'
import { setSender } from '../../../renderer/session/actions.ts'
import {
  forgetPendingChunks,
  markChunkTaken,
  sendInSequence,
} from '../../../renderer/session/library-feed.ts'
import type { Input } from '../../../shared/player/messages.ts'

let sent: string[]
beforeEach(() => {
  sent = []
  setSender((input) => sent.push(input.kind === 'storedTracks' ? input.text : input.kind))
  sendInSequence({ kind: 'libraryCleared' })
  forgetPendingChunks()
  sent = []
})

const chunk = (text: string): Input => ({ kind: 'storedTracks', text, labels: {} })

test('chunks wait until the thread has taken earlier ones, and what follows them waits too', () => {
  for (const text of ['1', '2', '3', '4']) sendInSequence(chunk(text))
  sendInSequence({ kind: 'playAll' })
  expect(sent).toEqual(['1', '2', '3'])
  markChunkTaken()
  expect(sent).toEqual(['1', '2', '3', '4', 'playAll'])
  sendInSequence(chunk('5'))
  expect(sent.at(-1)).toBe('playAll')
})

test('another library replaces the chunks that wait', () => {
  for (const text of ['1', '2', '3', '4']) sendInSequence(chunk(text))
  sendInSequence({ kind: 'libraryCleared' })
  sendInSequence(chunk('other'))
  for (let taken = 0; taken < 3; taken++) markChunkTaken()
  expect(sent).toEqual(['1', '2', '3', 'libraryCleared', 'other'])
})

test('a thread that replaces a dead one gets chunks although its predecessor took some silently', () => {
  for (const text of ['1', '2', '3', '4']) sendInSequence(chunk(text))
  forgetPendingChunks()
  expect(sent).toEqual(['1', '2', '3', '4'])
})
