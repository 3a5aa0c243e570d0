import { LifoQueue, PriorityQueue, Queue } from '@skein/threading'
import { beforeAll, describe, expect, test } from 'vitest'
import { object, objectAt } from '../../shared/threading/src/core/layout.ts'
import { requireMemory, words } from '../../shared/threading/src/core/memory.ts'
import { flushThreadCache } from '../../shared/threading/src/heap/heap.ts'
import { heapExtent, heapUsage } from './heap-usage.ts'

/** Under one type: constructors of different item types cannot be called alike. */
const kinds = { Queue, LifoQueue, PriorityQueue } as unknown as Readonly<Record<string, typeof Queue>>
const MiB = 2 ** 20

const ringOf = (queue: Queue): number => words[objectAt(queue.id) + object.fields]!

function usedBytes(): number {
  flushThreadCache()
  return heapUsage().bytes
}

beforeAll(() => {
  requireMemory()
})

describe.each(Object.entries(kinds))('%s', (kind, Kind) => {
  const make = () => new Kind<[number, ...unknown[]]>()

  test('200,000 small items fit into the default memory, and leave nothing in it', () => {
    const items: [string, (index: number) => [number, ...unknown[]]][] = [
      ['an object', () => [5, { a: 1 }]],
      ['a task', (index) => [index % 10, { id: index, name: 'a task of the program', at: 1234567890123 }]],
    ]
    for (const [what, makeItem] of items) {
      const before = usedBytes()
      const queue = make()
      for (let index = 0; index < 200_000; index++) queue.put(makeItem(index))
      expect(usedBytes() - before, what).toBeLessThan(28 * MiB)
      while (!queue.empty()) queue.get()
      queue.dispose()
      expect(usedBytes(), what).toBe(before)
    }
    expect(heapExtent()).toBeLessThan(56 * MiB)
  })

  test('a queue that was long gives its memory back', () => {
    const queue = make()
    const before = usedBytes()
    for (let item = 0; item < 100_000; item++) queue.put([item])
    while (!queue.empty()) queue.get()
    expect(usedBytes()).toBe(before)
    for (let item = 0; item < 1000; item++) queue.put([item])
    queue.shutdown(true)
    expect(usedBytes()).toBe(before)
  })

  test('a queue whose length goes up and down keeps its ring', () => {
    for (const length of [16, 17, 32, 33, 64, 65]) {
      const queue = make()
      const rings = new Set<number>()
      for (let item = 0; item < length; item++) queue.put([item])
      for (let round = 0; round < 200; round++) {
        const step = 1 + (round % (length / 2))
        for (let item = 0; item < step; item++) queue.get()
        for (let item = 0; item < step; item++) queue.put([item])
        if (round > 0) rings.add(ringOf(queue))
      }
      expect(rings.size, `${length} items`).toBe(1)
    }
  })

  test('counters that wrap lose no item and no order', () => {
    const addedField = 6
    for (const start of [2 ** 31 - 20, -20]) {
      const queue = make()
      const fields = objectAt(queue.id) + object.fields
      // added, taken, knownTaken, knownAdded, done
      for (const field of [addedField, 8, 4, 10, 11]) words[fields + field] = start
      const got: number[] = []
      for (let round = 0; round < 10; round++) {
        for (let item = 0; item < 30; item++) queue.put([item])
        expect([queue.qsize(), queue.unfinished]).toEqual([30, 30])
        for (let item = 0; item < 30; item++) {
          got.push(queue.get()[0])
          queue.taskDone()
        }
      }
      const round = Array.from({ length: 30 }, (_unused, item) => (kind === 'LifoQueue' ? 29 - item : item))
      expect(got).toEqual(Array.from({ length: 10 }, () => round).flat())
      expect([queue.qsize(), queue.unfinished]).toEqual([0, 0])
      expect(() => queue.taskDone()).toThrow('taskDone')
    }
  })
})
