import type { RingBuffer } from '../../../../../shared/threading/src/ring/ring-buffer.ts'
import { waiting } from '../../engine/memory-probe.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { checkWaits, Listener, makeRing, writeAll } from '../ring-buffer.ts'
import { type DeathRun, deathsIn } from './death.ts'

const framesOf = (...values: readonly number[]): Float32Array[] => [
  Float32Array.from(values),
  Float32Array.from(values),
]

/** A successor writes behind what the dead writer wrote, and nothing of that is heard by halves, twice or not at all. */
function checkSuccessor(ring: RingBuffer, listener: Listener, hasReset: () => boolean): void {
  expect(waiting(ring, 0).length === 0 && waiting(ring, 1).length === 0, 'the dead writer waits')
  const wasReset = ring.generation > 0
  if (hasReset()) expect(wasReset, 'a reset was undone')
  listener.listen(3)
  expect(ring.isAcknowledged && ring.framesBuffered === 0, 'frames are left')
  expect(ring.write(framesOf(91, 92, 93)) === 3, 'the successor has no space')
  listener.listen(2)
  expect(listener.heard.slice(-3).join() === '91,92,93', `heard ${listener.heard.join()}`)
  const before = listener.heard.slice(0, -3)
  expect([...before].sort((one, next) => one - next).join() === before.join(), `heard ${before.join()}`)
  expect(new Set(before).size === before.length, `heard twice: ${before.join()}`)
}

function writing(): DeathRun {
  const ring = makeRing()
  const listener = new Listener(ring)
  return {
    threads: {
      doomed: () => writeAll(ring, [1, 2, 3, 4, 5]),
      reader: () => listener.listen(3),
    },
    check: () => {
      checkSuccessor(ring, listener, () => false)
      const old = listener.heard.slice(0, -3)
      expect(
        old.every((value, index) => value === index + 1),
        `heard ${old.join()}`,
      )
    },
  }
}

/** Two resets: the second may be decided before the reader has seen the first. */
function resetting(): DeathRun {
  const ring = makeRing()
  const listener = new Listener(ring)
  let resets = 0
  return {
    threads: {
      doomed: () => {
        ring.write(framesOf(1))
        ring.reset()
        resets = 1
        ring.write(framesOf(11))
        ring.reset()
        resets = 2
        ring.write(framesOf(21))
      },
      reader: () => listener.listen(2),
    },
    check: () => {
      const { generation } = ring
      expect(generation >= resets, `${resets} resets, and the generation is ${generation}`)
      listener.listen(2)
      // A frame of a generation that no reset has ended is not lost.
      if (generation === 0 && ring.framesWritten === 1)
        expect(listener.heard.includes(1), 'the first frame was lost')
      if (generation === 1 && ring.framesWritten === 2)
        expect(listener.heard.includes(11), 'a frame was lost by a reset that did not happen')
      checkSuccessor(ring, listener, () => resets > 0)
    },
  }
}

function waitingForReader(isAsync: boolean): DeathRun {
  const ring = makeRing()
  const listener = new Listener(ring)
  return {
    threads: {
      doomed: async () => {
        ring.write(framesOf(1, 2, 3))
        await (isAsync ? ring.waitForSpaceAsync(2) : ring.waitForSpace(2))
      },
      watcher: async () => {
        await (isAsync ? ring.waitUntilReadAsync(1) : ring.waitUntilRead(1))
      },
      reader: () => listener.listen(2),
    },
    servants: ['watcher'],
    check: () => checkWaits(ring, 2, 1),
  }
}

export const ringDeaths: Scenario[] = [
  ...deathsIn('RingBuffer.write', writing),
  ...deathsIn('RingBuffer.reset', resetting),
  ...deathsIn('a thread that waits for space in a RingBuffer', () => waitingForReader(false)),
  ...deathsIn('a thread that waits for space in a RingBuffer, async', () => waitingForReader(true)),
]
