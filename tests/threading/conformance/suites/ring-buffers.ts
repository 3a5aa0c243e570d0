import { RingBuffer, RuntimeError, ValueError } from '@skein/threading'
import { step } from '../actor.ts'
import { equal, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { objectView, waitersOf } from '../observe.ts'

const makeRing = () => new RingBuffer({ channels: 1, capacity: 8, name: 'pcm' })
const block = (count: number) => [new Float32Array(count).fill(1)]

const readInto = (ring: RingBuffer, count: number): number => ring.read([new Float32Array(count)])

const ringSuite = suite('RingBuffer', ({ onThread, onMain, onPage }) => {
  onThread('carries frames from one thread to another', ['ring.frames'], (scene) => {
    const ring = makeRing()
    const writer = scene.actor()
    equal(writer.call(ring, 'write', [Float32Array.of(1, 2, 3)]), 3)
    const target = new Float32Array(4)
    equal(ring.read([target]), 3)
    equal([...target], [1, 2, 3, 0])
    equal([writer.call(ring, 'framesRead'), ring.framesWritten], [3, 3])
  })

  onThread('waitForSpace waits until the reader has made room', ['ring.space'], (scene) => {
    const ring = makeRing()
    const writer = scene.actor()
    equal(writer.call(ring, 'write', block(8)), 8)
    const call = writer.startCall(ring, 'waitForSpace', 4).untilWaiting()
    readInto(ring, 3)
    equal(waitersOf(ring), [writer.ident])
    readInto(ring, 1)
    equal(call.result(), true)
    equal(writer.call(ring, 'write', block(8)), 4)
  })

  onThread('waitForSpace returns false on timeout; 0 or less polls', ['ring.space'], () => {
    const ring = makeRing()
    ring.write(block(8))
    for (const timeout of [0, -1, 2]) equal(ring.waitForSpace(1, timeout), false)
    readInto(ring, 1)
    for (const timeout of [undefined, 0, 5]) equal(ring.waitForSpace(1, timeout), true)
    throws(ValueError, () => ring.waitForSpace(9))
  })

  onThread('waitUntilRead waits until a frame was read', ['ring.read-wait'], (scene) => {
    const ring = makeRing()
    ring.write(block(8))
    const watcher = scene.actor()
    const call = watcher.startCall(ring, 'waitUntilRead', 5).untilWaiting()
    readInto(ring, 4)
    equal(waitersOf(ring), [watcher.ident])
    readInto(ring, 1)
    equal(call.result(), true)
    equal(ring.waitUntilRead(6, 0), false)
  })

  onThread('a later wait ends an earlier one', ['ring.read-wait'], (scene) => {
    const ring = makeRing()
    ring.write(block(8))
    const [one, other] = [scene.actor(), scene.actor()]
    const first = one.startCall(ring, 'waitUntilRead', 5).untilWaiting()
    const second = other.startCall(ring, 'waitUntilRead', 2).untilWaiting()
    equal(first.result(), false)
    readInto(ring, 2)
    equal(second.result(), true)
  })

  onThread('a reset makes room as soon as the reader has seen it', ['ring.reset'], (scene) => {
    const ring = makeRing()
    const writer = scene.actor()
    writer.call(ring, 'write', block(8))
    equal(writer.call(ring, 'reset'), 8)
    const call = writer.startCall(ring, 'waitForSpace', 8).untilWaiting()
    equal([ring.isAcknowledged, objectView(ring)?.generation], [false, 1])
    equal(readInto(ring, 1), 0)
    equal([call.result(), ring.isAcknowledged, ring.framesRead], [true, true, 8])
  })

  onThread('shows its fill, capacity, generation and underruns', ['ring.frames'], () => {
    const ring = makeRing()
    ring.write(block(5))
    ring.reset()
    readInto(ring, 1)
    ring.write(block(2))
    readInto(ring, 4)
    ring.write(block(3))
    const { depth, maxSize, generation, underruns } = objectView(ring) ?? {}
    equal([depth, maxSize, generation, underruns], [3, 8, 1, 1])
  })

  onMain('main waits without blocking', ['ring.space', 'ring.read-wait', 'all.async'], async (scene) => {
    const ring = makeRing()
    ring.write(block(8))
    const space = ring.waitForSpaceAsync(2)
    const read = ring.waitUntilReadAsync(3)
    const reader = scene.actor()
    await reader.callAsync(ring, 'read', block(3))
    equal([await space, await read, await ring.waitUntilReadAsync(8, 1)], [true, true, false])
  })

  onMain('a writer that is killed while it waits leaves the ring usable', ['ring.space'], async (scene) => {
    const ring = makeRing()
    const writer = scene.actor()
    await writer.callAsync(ring, 'write', block(8))
    await writer.startCall(ring, 'waitForSpace', 4).untilWaitingAsync()
    await scene.kill(writer)
    equal(waitersOf(ring), [])
    readInto(ring, 4)
    const successor = scene.actor()
    await successor.run(step(ring, 'waitForSpace', 4), step(ring, 'write', block(4))).valuesAsync()
    equal([ring.framesWritten, ring.framesBuffered], [12, 8])
  })

  onPage('main must not block: the message names the method to use', ['all.async'], async () => {
    const ring = makeRing()
    ring.write(block(8))
    throws(RuntimeError, () => ring.waitForSpace(1), /waitForSpaceAsync/)
    throws(RuntimeError, () => ring.waitUntilRead(1, 5), /waitUntilReadAsync/)
    equal(ring.waitForSpace(1, 0), false)
  })
})

export const ringBufferSuites: readonly Suite[] = [ringSuite]
