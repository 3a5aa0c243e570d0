import { beforeAll, expect, test } from 'vitest'
import { requireMemory } from '../../shared/threading/src/core/memory.ts'
import { decode, encode } from '../../shared/threading/src/heap/codec.ts'
import { allocate, free } from '../../shared/threading/src/heap/heap.ts'
import { SlotRing } from '../../shared/threading/src/primitives/slot-ring.ts'

beforeAll(() => {
  requireMemory()
})

function openRing(capacity: number): SlotRing {
  const words = allocate(8) * 4
  const ring = new SlotRing(words, words + 1, 4)
  ring.open(capacity)
  return ring
}

test('a slot holds what was written to it, and counters go round the ring', () => {
  const ring = openRing(4)
  for (let counter = 0; counter < 4; counter++) ring.writeItem(counter, encode(`item ${counter}`))
  expect(decode(ring.readItem(1))).toBe('item 1')
  expect(ring.slotAt(5)).toBe(ring.slotAt(1))
  ring.writeItem(5, encode(5))
  expect(decode(ring.readItem(1))).toBe(5)
})

test('a counter that wraps keeps its place in the ring', () => {
  const ring = openRing(4)
  const last = 2 ** 31 - 1
  expect(ring.slotAt((last + 1) | 0)).toBe(ring.slotAt(last) - 3 * ring.slotWords)
})

test('a wider ring has the items of the former one', () => {
  const ring = openRing(2)
  const former = ring.slotAt(0)
  ring.writeItem(7, encode('seven'))
  ring.writeItem(8, encode('eight'))
  free(ring.replace(ring.allocateWider()))
  expect(ring.capacity).toBe(4)
  expect(ring.slotAt(0)).not.toBe(former)
  expect([decode(ring.readItem(7)), decode(ring.readItem(8))]).toEqual(['seven', 'eight'])
})

test('a ring that another thread has replaced already is not replaced again', () => {
  const ring = openRing(2)
  const [first, second] = [ring.allocateWider(), ring.allocateWider()]
  expect(ring.replace(first)).not.toBe(first)
  expect(ring.replace(second)).toBe(second)
  expect(ring.capacity).toBe(4)
})
