import { beforeAll, expect, test } from 'vitest'
import { requireMemory, words } from '../../shared/threading/src/core/memory.ts'
import { decode, encode } from '../../shared/threading/src/heap/codec.ts'
import { allocate, free } from '../../shared/threading/src/heap/heap.ts'
import { SlotRing } from '../../shared/threading/src/primitives/slot-ring.ts'

beforeAll(() => {
  requireMemory()
})

const openRing = (capacity: number) => openRingAt(allocate(8) * 4, capacity)

function openRingAt(address: number, capacity: number): SlotRing {
  const ring = new SlotRing(address, address + 1, 4)
  ring.open(capacity)
  return ring
}

const write = (ring: SlotRing, counter: number, item: unknown) =>
  ring.write(ring.slotAt(counter), encode(item))

test('a slot holds what was written to it, and counters go round the ring', () => {
  const ring = openRing(4)
  for (let counter = 0; counter < 4; counter++) write(ring, counter, `item ${counter}`)
  expect(decode(ring.readItem(1))).toBe('item 1')
  expect(ring.slotAt(5)).toBe(ring.slotAt(1))
  write(ring, 5, 5)
  expect(decode(ring.readItem(1))).toBe(5)
})

test('a counter that wraps keeps its place in the ring', () => {
  const ring = openRing(4)
  const last = 2 ** 31 - 1
  expect(ring.slotAt((last + 1) | 0)).toBe(ring.slotAt(last) - 3 * ring.slotWords)
})

test.each([
  ['wider', 4, 16],
  ['narrower', 16, 4],
])('a %s ring has the items of the former one', (_, from, to) => {
  for (const first of [0, 3, 14, 2 ** 31 - 2]) {
    const ring = openRing(from)
    const former = ring.slotAt(0)
    for (let index = 0; index < 4; index++) write(ring, (first + index) | 0, `item ${index}`)
    free(ring.replace(ring.allocate(to), first, 4))
    expect(ring.capacity).toBe(to)
    expect(ring.slotAt(0)).not.toBe(former)
    for (let index = 0; index < 4; index++)
      expect(decode(ring.readItem((first + index) | 0))).toBe(`item ${index}`)
  }
})

test('recovery completes a replacement that consumers see already', () => {
  const address = allocate(8) * 4
  const ring = openRingAt(address, 4)
  const wider = ring.allocate(8)
  words[address + 1] = wider
  ring.recover(1)
  expect(words[address]).toBe(wider)
  expect(ring.capacity).toBe(8)
})

test('the spare slot is none of the others', () => {
  const ring = openRing(4)
  const slots = [0, 1, 2, 3].map((counter) => ring.slotAt(counter))
  expect(slots).not.toContain(ring.spareSlot)
  expect(ring.spareSlot).toBe(ring.slotAt(3) + ring.slotWords)
})
