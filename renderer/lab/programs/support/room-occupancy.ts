import type { SharedMemory } from '@skein/threading'

const countWord = 0
const maxCountWord = 1

/** Counts a visitor in. Two words of shared memory hold the number inside and its maximum; both change atomically. */
export function enterRoom({ int32: room }: SharedMemory): void {
  const count = Atomics.add(room, countWord, 1) + 1
  for (let max = Atomics.load(room, maxCountWord); count > max; ) {
    const found = Atomics.compareExchange(room, maxCountWord, max, count)
    if (found === max) return
    max = found
  }
}

export function leaveRoom({ int32: room }: SharedMemory): void {
  Atomics.sub(room, countWord, 1)
}

export const maxOccupancy = ({ int32: room }: SharedMemory): number => Atomics.load(room, maxCountWord)
