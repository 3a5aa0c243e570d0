import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import {
  type Adoption,
  adoptThread,
  endAdoptedThread,
  enumerate,
  killThread,
  RingBuffer,
  RuntimeError,
} from '@skein/threading'
import {
  Inspector,
  pauseThread,
  setOperationRecording,
  snapshot,
  type ThreadView,
} from '@skein/threading/inspect'
import { afterEach, expect, test } from 'vitest'
import { inProcess } from './test-process.ts'

inProcess(1)

const workers: Worker[] = []
afterEach(async () => {
  for (const worker of workers.splice(0)) await worker.terminate()
})

/** Starts a worker without the library, which becomes the adopted thread. */
function startWorker(adoption: Adoption, ring: RingBuffer): (command: string) => Promise<unknown> {
  const worker = new Worker(new URL('./adopted-worker.ts', import.meta.url), {
    workerData: { adoption, ring: ring.id },
  })
  workers.push(worker)
  return async (command) => {
    worker.postMessage(command)
    const [reply] = (await once(worker, 'message')) as [{ value?: unknown; error?: string }]
    return reply.error ?? reply.value
  }
}

const viewOf = ({ ident }: Adoption): ThreadView | undefined =>
  snapshot().threads.find(({ id }) => id === ident)

test('an adopted thread reads a ring buffer, and shows what it does', async () => {
  using ring = new RingBuffer({ channels: 1, capacity: 8, name: 'pcm' })
  const adoption = adoptThread({ name: 'audio' })
  const send = startWorker(adoption, ring)
  const inspector = new Inspector()
  setOperationRecording(true)
  inspector.sample()
  ring.write([Float32Array.of(1, 2, 3, 4, 5, 6)])
  expect(await send('read')).toEqual([1, 2, 3, 4])
  const { operations } = inspector.sample()
  setOperationRecording(false)
  expect(operations.filter(({ thread }) => thread === adoption.ident)).toMatchObject([
    { object: ring.id, act: 'read', value: 2 },
  ])
  expect(viewOf(adoption)).toMatchObject({ name: 'audio', state: 'Runnable', isAdopted: true, daemon: true })
  expect(enumerate().map(({ name }) => name)).toContain('audio')
  endAdoptedThread(adoption)
})

test('its read wakes the thread that waits for space, and is named as the waker', async () => {
  using ring = new RingBuffer({ channels: 1, capacity: 8 })
  ring.write([new Float32Array(8)])
  const adoption = adoptThread({ name: 'audio' })
  const send = startWorker(adoption, ring)
  const inspector = new Inspector()
  inspector.sample()
  // The second wait ends the first, which is no wake.
  const before = ring.waitForSpaceAsync(8)
  const waiting = ring.waitForSpaceAsync(3)
  expect(await before).toBe(false)
  await send('read')
  expect(await waiting).toBe(true)
  expect(inspector.sample().wakes).toMatchObject([
    { thread: adoption.ident, woken: 1, object: ring.id, through: 'read' },
  ])
  endAdoptedThread(adoption)
})

test('it must not wait, be paused, joined or ended', async () => {
  using ring = new RingBuffer({ channels: 1, capacity: 8 })
  ring.write([new Float32Array(8)])
  const adoption = adoptThread({ name: 'audio' })
  const send = startWorker(adoption, ring)
  expect(await send('wait')).toMatch(/RuntimeError/)
  expect(await send('waitAsync')).toMatch(/RuntimeError: an adopted thread must not wait/)
  expect(await send('enterAgain')).toMatch(/RuntimeError/)
  const handle = enumerate().find(({ ident }) => ident === adoption.ident)
  expect(() => handle?.join()).toThrow(RuntimeError)
  expect(() => pauseThread(adoption.ident)).toThrow(RuntimeError)
  expect(() => killThread(adoption.ident)).toThrow(RuntimeError)
  expect(handle?.isAlive()).toBe(true)
  endAdoptedThread(adoption)
  expect(handle?.isAlive()).toBe(false)
  expect(viewOf(adoption)?.state).toBe('Terminated')
  endAdoptedThread(adoption)
})

test('after its end it writes nothing into the slot of another thread', async () => {
  using ring = new RingBuffer({ channels: 1, capacity: 8 })
  const adoption = adoptThread({ name: 'audio' })
  const send = startWorker(adoption, ring)
  ring.write([new Float32Array(4)])
  await send('read')
  endAdoptedThread(adoption)
  const adoptions: Adoption[] = []
  while (adoptions.at(-1)?.slotNumber !== adoption.slotNumber) adoptions.push(adoptThread())
  const inspector = new Inspector()
  setOperationRecording(true)
  inspector.sample()
  ring.write([new Float32Array(4)])
  await send('read')
  expect(inspector.sample().operations.filter(({ act }) => act === 'read')).toEqual([])
  setOperationRecording(false)
  for (const other of adoptions) endAdoptedThread(other)
})
