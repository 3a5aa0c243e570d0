import { describe, expect, test } from 'vitest'
import {
  describeWait,
  heldObjectsText,
  holderText,
  lastWakerText,
  remainingText,
} from '../../../../renderer/threads-view/descriptions/thread-text.ts'
import {
  objectValueText,
  objectWaitersText,
} from '../../../../renderer/threads-view/details/object-row-painter.ts'
import { ProcessModel } from '../../../../renderer/threads-view/model/process-model.ts'
import { stateGlyphs } from '../../../../renderer/threads-view/model/state-codes.ts'
import { formatDuration, formatElapsed } from '../../../../renderer/threads-view/model/text-format.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

describe('durations', () => {
  test.each([
    [0, '0 ms'],
    [12.9, '12 ms'],
    [999.9, '999 ms'],
    [1000, '1.0 s'],
    [3449, '3.4 s'],
    [9999, '9.9 s'],
    [10_000, '10 s'],
    [59_999, '59 s'],
    [60_000, '1 min 00 s'],
    [125_000, '2 min 05 s'],
    [3_720_000, '1 h 02 min'],
    [-0.7, '0 ms'],
  ])('%d ms so far are %s', (ms, text) => expect(formatElapsed(ms)).toBe(text))

  test.each([
    [0.0384, '38 µs'],
    [1.26, '1.2 ms'],
    [12.3, '12 ms'],
    [-0.2, '0 µs'],
  ])('%d ms in total are %s', (ms, text) => expect(formatDuration(ms)).toBe(text))
})

describe('texts about a thread', () => {
  const model = new ProcessModel('player')
  const waiting = thread(2, 'input', { state: 'Waiting', waiting: { object: 10, operation: 'get' } })
  const blocked = thread(3, 'playback', { state: 'Blocked', waiting: { object: 11, operation: 'acquire' } })
  const main = thread(1, 'main', {
    awaiting: [
      { object: 12, operation: 'get' },
      { object: 10, operation: 'get' },
      { object: 12, operation: 'get' },
    ],
  })
  const selector = thread(4, 'selector', {
    wokenBy: { thread: 3, object: 11 },
    since: 10,
    until: 350,
  })
  model.accept(
    process(100, {
      threads: [main, waiting, blocked, selector],
      objects: [
        object(10, 'Queue', { name: 'inputs', depth: 0, waiters: [2] }),
        object(11, 'Lock', { name: 'playerState', holder: 4, waiters: [3] }),
        object(12, 'Queue', { name: 'audio', depth: 3, maxSize: 16, waiters: [1, 2, 1] }),
      ],
    }),
  )

  test('name the object that it waits on by kind and name, with the operation', () =>
    expect(describeWait(model, waiting)).toEqual({ object: 'Queue inputs', operation: 'get' }))

  test('name each object once that main waits for without blocking', () =>
    expect(describeWait(model, main)).toEqual({ object: 'Queue inputs, Queue audio', operation: 'async' }))

  test('name the holder of a lock, and none for a queue', () => {
    expect(holderText(model, blocked)).toBe('selector')
    expect(holderText(model, waiting)).toBe('—')
  })

  test('list the objects that it holds', () => {
    expect(heldObjectsText(model, 4)).toBe('Lock playerState')
    expect(heldObjectsText(model, 2)).toBe('nothing')
  })

  test('name its waker and the object', () => {
    expect(lastWakerText(model, selector)).toBe('playback through Lock playerState')
    expect(lastWakerText(model, waiting)).toBe('—')
  })

  test('give the remaining time of a timed wait', () => {
    expect(remainingText(selector, 100)).toBe('250 ms')
    expect(remainingText(waiting, 100)).toBe('')
  })

  test('values of objects depend on their kind', () => {
    const value = (id: number) => objectValueText(model, model.object(id) ?? object(0, 'Lock'))
    expect(value(10)).toBe('0')
    expect(value(12)).toBe('3 / 16')
    expect(value(11)).toBe('held by selector')
    expect(objectValueText(model, object(1, 'Event', { flag: true }))).toBe('set')
    expect(objectValueText(model, object(1, 'Event', { flag: false }))).toBe('clear')
    expect(objectValueText(model, object(1, 'Semaphore', { permits: 1 }))).toBe('1 permit')
    expect(objectValueText(model, object(1, 'Condition'))).toBe('free')
  })

  test('waiters are in order, with a number for several waits of one thread', () =>
    expect(objectWaitersText(model, model.object(12) ?? object(0, 'Lock'))).toBe('main ×2, input'))
})

test('every state has its own shape', () => {
  expect(new Set(Object.values(stateGlyphs)).size).toBe(6)
})
