import { Full, LifoQueue, PriorityQueue, Queue, ShutDown, ValueError } from '@skein/threading'
import { describe, expect, test } from 'vitest'

/** Under one type: constructors of different item types cannot be called alike. */
const kinds = { Queue, LifoQueue, PriorityQueue } as unknown as Readonly<Record<string, typeof Queue>>

describe.each(Object.entries(kinds))('%s', (_, Kind) => {
  test.each([2 ** 31, 2 ** 31 + 1, 2 ** 32, 2 ** 32 + 1, 2 ** 53, -(2 ** 31) - 1])(
    'maxSize %d is a ValueError',
    (maxSize) => {
      expect(() => new Kind({ maxSize })).toThrow(ValueError)
    },
  )

  test.each([1.5, Number.NaN, Infinity, '2'])('maxSize %s is a TypeError', (maxSize) => {
    expect(() => new Kind({ maxSize: maxSize as number })).toThrow(TypeError)
  })

  test('the largest maxSize is kept, and the smallest is unbounded', () => {
    const largest = new Kind({ maxSize: 2 ** 31 - 1 })
    expect(largest.maxSize).toBe(2 ** 31 - 1)
    for (let item = 0; item < 100; item++) largest.putNowait(item)
    expect([largest.qsize(), largest.full()]).toEqual([100, false])
    const smallest = new Kind({ maxSize: -(2 ** 31) })
    smallest.putNowait(1)
    expect([smallest.maxSize, smallest.full()]).toEqual([0, false])
  })

  test('putNowait throws Full at every small maxSize', () => {
    for (const maxSize of [1, 2, 16, 17, 31, 32, 33]) {
      const queue = new Kind<number>({ maxSize })
      for (let item = 0; item < maxSize; item++) queue.putNowait(item)
      expect(() => queue.putNowait(0)).toThrow(Full)
      queue.get()
      queue.putNowait(0)
      expect(queue.full()).toBe(true)
    }
  })

  test.each([false, true])('isShutdown is true after shutdown(%s)', (immediate) => {
    const queue = new Kind<number>()
    queue.put(1)
    expect(queue.isShutdown).toBe(false)
    queue.shutdown(immediate)
    expect(queue.isShutdown).toBe(true)
    expect(() => queue.put(2)).toThrow(ShutDown)
  })

  test('a shutdown that drops items marks no more of them as done than are unfinished', () => {
    const queue = new Kind<number>()
    for (const item of [1, 2, 3]) queue.put(item)
    queue.taskDone()
    queue.taskDone()
    queue.shutdown(true)
    expect(queue.unfinished).toBe(0)
    expect(() => queue.taskDone()).toThrow(ValueError)
    queue.shutdown(true)
    expect(queue.unfinished).toBe(0)
  })

  test('an item that was got before a shutdown drops the others is still unfinished', () => {
    const queue = new Kind<number>()
    for (const item of [1, 2, 3]) queue.put(item)
    queue.get()
    queue.shutdown(true)
    expect(queue.unfinished).toBe(1)
    queue.taskDone()
    expect(queue.unfinished).toBe(0)
  })
})
