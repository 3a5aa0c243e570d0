import { RingBuffer } from '../../../../shared/threading/src/ring/ring-buffer.ts'
import { waiting } from '../engine/memory-probe.ts'
import { expect, type Run, type Scenario } from '../engine/scenario.ts'
import { ownHandle } from './deaths/death.ts'

/** Frames of two channels. Both numbers of a frame are the same. */
const framesOf = (...values: readonly number[]): Float32Array[] => [
  Float32Array.from(values),
  Float32Array.from(values),
]

/** What a reader heard. Frames of the new generation are from 11 on. */
export class Listener {
  readonly heard: number[] = []
  readonly #ring: RingBuffer

  constructor(ring: RingBuffer) {
    this.#ring = ownHandle(ring)
  }

  listen(times: number): void {
    for (let time = 0; time < times; time++) this.read()
  }

  read(): void {
    const [left, right] = [new Float32Array(2), new Float32Array(2)] as const
    this.#ring.read([left, right])
    for (const [index, value] of left.entries()) {
      expect(value === right[index], `a frame is half ${value} and half ${right[index]}`)
      if (value !== 0) this.heard.push(value)
    }
  }

  /** The frames of each generation come out once and in order, and those of an old one not after those of a new one. */
  checkOrder(): void {
    const text = this.heard.join(', ')
    const [old, fresh] = [this.heard.filter((value) => value < 10), this.heard.filter((value) => value > 10)]
    expect([...old, ...fresh].join(', ') === text, `old frames came after new ones: ${text}`)
    expect(
      old.every((value, index) => value === index + 1),
      `the old frames are ${text}`,
    )
    expect(
      fresh.every((value, index) => value === (fresh[0] ?? 0) + index),
      `the new frames are ${text}`,
    )
  }
}

export const makeRing = (): RingBuffer => new RingBuffer({ channels: 2, capacity: 3 })

/** Writes all frames, waiting for space. */
export function writeAll(ring: RingBuffer, values: readonly number[]): void {
  const frames = framesOf(...values)
  for (let written = 0; written < values.length; ) {
    written += ring.write(frames, written)
    if (written < values.length) ring.waitForSpace(1)
  }
}

/** A thread waits for space only while there is none, and for the reader only until it was there. */
export function checkWaits(ring: RingBuffer, wantedSpace: number, wantedRead: number): void {
  if (waiting(ring, 0).length > 0)
    expect(ring.space < wantedSpace, `a thread waits beside space for ${ring.space} frames`)
  if (waiting(ring, 1).length > 0)
    expect(ring.framesRead < wantedRead, `a thread waits for frame ${wantedRead} of ${ring.framesRead}`)
}

function streaming(): Run {
  const ring = makeRing()
  const listener = new Listener(ring)
  return {
    threads: {
      writer: () => writeAll(ring, [1, 2, 3, 4, 5, 6]),
      reader: () => listener.listen(3),
    },
    servants: ['writer'],
    leavesNothing: false,
    check: () => {
      checkWaits(ring, 1, 0)
      listener.checkOrder()
    },
  }
}

function resetting(resets: number): Run {
  const ring = makeRing()
  const listener = new Listener(ring)
  const writer = ownHandle(ring)
  return {
    threads: {
      writer: () => {
        writer.write(framesOf(1, 2, 3))
        for (let reset = 0; reset < resets; reset++) {
          writer.reset()
          writer.write(framesOf(11 + reset * 10, 12 + reset * 10))
        }
      },
      reader: () => listener.listen(3),
    },
    check: () => {
      listener.listen(3)
      const fresh = listener.heard.filter((value) => value > 10 * resets)
      const other = listener.heard.filter((value) => value <= 10 * resets)
      expect([...other, ...fresh].join() === listener.heard.join(), `heard ${listener.heard.join()}`)
      expect(new Set(listener.heard).size === listener.heard.length, `heard twice: ${listener.heard.join()}`)
      expect(
        [...listener.heard].sort((one, next) => one - next).join() === listener.heard.join(),
        `heard ${listener.heard.join()}`,
      )
      expect(ring.isAcknowledged && ring.framesBuffered === 0, 'frames are left')
    },
  }
}

function resettingForSpace(): Run {
  const ring = makeRing()
  const listener = new Listener(ring)
  const writer = ownHandle(ring)
  return {
    threads: {
      writer: () => {
        writer.write(framesOf(1, 2, 3))
        writer.reset()
        expect(writer.waitForSpace(3), 'no space')
        expect(writer.write(framesOf(11, 12, 13)) === 3, 'no space after a reset')
      },
      reader: () => listener.listen(2),
    },
    servants: ['writer'],
    leavesNothing: false,
    check: () => {
      checkWaits(ring, 3, 0)
      listener.checkOrder()
    },
  }
}

function waitingForReader(isAsync: boolean): Run {
  const ring = makeRing()
  const listener = new Listener(ring)
  ownHandle(ring).write(framesOf(1, 2, 3))
  return {
    threads: {
      watcher: async () => {
        const isRead = await (isAsync ? ring.waitUntilReadAsync(3) : ring.waitUntilRead(3))
        expect(isRead && ring.framesRead >= 3, 'the wait ended too early')
      },
      reader: () => listener.listen(2),
    },
  }
}

/** The second wait ends the first, and each returns whether its frame was read. */
function waitingTwice(): Run {
  const ring = makeRing()
  const listener = new Listener(ring)
  ownHandle(ring).write(framesOf(1, 2))
  const wait = (index: number, timeout?: number) => () => {
    if (ring.waitUntilRead(index, timeout)) expect(ring.framesRead >= index, 'the wait ended too early')
  }
  return {
    threads: { first: wait(3), second: wait(2), impatient: wait(1, 5), reader: () => listener.listen(1) },
    servants: ['first', 'second'],
    leavesNothing: false,
  }
}

function pausing(): Run {
  const ring = new RingBuffer({ channels: 2, capacity: 4, rampFrames: 1 })
  const listener = new Listener(ring)
  return {
    threads: {
      writer: () => writeAll(ring, [1, 2, 3, 4]),
      pauser: () => {
        ring.isPaused = true
        ring.isPaused = false
      },
      reader: () => listener.listen(3),
    },
    check: () => {
      const { heard } = listener
      expect([...heard].sort().join() === heard.join(), `heard ${heard.join()}`)
      expect(new Set(heard).size === heard.length, `heard twice: ${heard.join()}`)
    },
  }
}

export const ringBufferScenarios: Scenario[] = [
  { name: 'RingBuffer: a writer ahead of its reader', setUp: streaming },
  { name: 'RingBuffer: a reset', setUp: () => resetting(1) },
  { name: 'RingBuffer: two resets', setUp: () => resetting(2) },
  { name: 'RingBuffer: a reset of a full ring', setUp: resettingForSpace },
  { name: 'RingBuffer: a wait for the reader', setUp: () => waitingForReader(false) },
  { name: 'RingBuffer: an asynchronous wait for the reader', setUp: () => waitingForReader(true) },
  { name: 'RingBuffer: waits that end one another', setUp: waitingTwice },
  { name: 'RingBuffer: a pause', setUp: pausing },
]
