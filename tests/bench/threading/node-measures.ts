/**
 * `node node-measures.ts NAME`: measures the same as threading-measures.ts with only Node's own means, and
 * prints the figure.
 */
import { isMainThread, parentPort, Worker, workerData } from 'node:worker_threads'
import { record } from './record.ts'

interface Job {
  readonly name: string
  readonly memory: SharedArrayBuffer
}

const rounds = 500_000
const turn = 0
const ready = 1

if (isMainThread) console.log(await measure(process.argv[2] ?? ''))
else work(workerData)

async function measure(name: string): Promise<number> {
  switch (name) {
    case 'post-message':
      return await postMessages()
    case 'ping-pong':
      return await pingPong()
    case 'thread-start':
      return await startWorkers()
    case 'barging-lock':
      return await longestWait()
    default:
      throw new Error(`There is no measurement ${name}.`)
  }
}

function start(name: string, memory = new SharedArrayBuffer(64)): Worker {
  return new Worker(new URL(import.meta.url), { workerData: { name, memory } satisfies Job })
}

function work({ name, memory }: Job): void {
  const words = new Int32Array(memory)
  if (name === 'post-message') sendRecords()
  if (name === 'ping-pong') answer(words)
  if (name === 'barging-lock') parentPort?.postMessage(holdInTurns(words))
}

/** Thousands of objects per second from a worker to main. */
async function postMessages(): Promise<number> {
  const count = 100_000
  const worker = start('post-message')
  await new Promise((resolve) => worker.once('message', resolve))
  const began = performance.now()
  worker.postMessage(count)
  let left = count
  await new Promise<void>((resolve) => {
    worker.on('message', () => {
      if (--left === 0) resolve()
    })
  })
  const elapsed = performance.now() - began
  await worker.terminate()
  return count / elapsed
}

function sendRecords(): void {
  parentPort?.once('message', (count: number) => {
    for (let sent = 0; sent < count; sent++) parentPort?.postMessage(record)
  })
  parentPort?.postMessage('ready')
}

/** Microseconds from one thread to the other and back, through one word. */
async function pingPong(): Promise<number> {
  const memory = new SharedArrayBuffer(64)
  const words = new Int32Array(memory)
  const worker = start('ping-pong', memory)
  const isReady = Atomics.waitAsync(words, ready, 0)
  if (isReady.async) await isReady.value
  const began = performance.now()
  for (let round = 0; round < rounds; round++) {
    Atomics.store(words, turn, 1)
    Atomics.notify(words, turn)
    while (Atomics.load(words, turn) === 1) Atomics.wait(words, turn, 1)
  }
  const elapsed = performance.now() - began
  await worker.terminate()
  return (elapsed * 1000) / rounds
}

function answer(words: Int32Array): void {
  Atomics.store(words, ready, 1)
  Atomics.notify(words, ready)
  for (let round = 0; round < rounds; round++) {
    while (Atomics.load(words, turn) === 0) Atomics.wait(words, turn, 0)
    Atomics.store(words, turn, 0)
    Atomics.notify(words, turn)
  }
}

/** Microseconds to create a worker and see its end. */
async function startWorkers(): Promise<number> {
  const count = 20
  const began = performance.now()
  for (let made = 0; made < count; made++) {
    const worker = start('nothing')
    await new Promise((resolve) => worker.once('exit', resolve))
  }
  return ((performance.now() - began) * 1000) / count
}

/** The maximum wait of one of two workers, in milliseconds, for a lock that any running worker may take. */
async function longestWait(): Promise<number> {
  const memory = new SharedArrayBuffer(64)
  const workers = [start('barging-lock', memory), start('barging-lock', memory)]
  const maxWaits = await Promise.all(
    workers.map((worker) => new Promise<number>((resolve) => worker.once('message', resolve))),
  )
  return Math.max(...maxWaits)
}

/**
 * The usual three-state lock in one word (Drepper, "Futexes Are Tricky", 2011), held for half a millisecond
 * at a time.
 */
function holdInTurns(words: Int32Array): number {
  Atomics.add(words, ready, 1)
  while (Atomics.load(words, ready) < 2);
  let worst = 0
  for (const end = performance.now() + 2_000; performance.now() < end; ) {
    const asked = performance.now()
    acquire(words)
    worst = Math.max(worst, performance.now() - asked)
    for (const held = performance.now() + 0.5; performance.now() < held; );
    if (Atomics.sub(words, turn, 1) !== 1) {
      Atomics.store(words, turn, 0)
      Atomics.notify(words, turn, 1)
    }
  }
  return worst
}

function acquire(words: Int32Array): void {
  let state = Atomics.compareExchange(words, turn, 0, 1)
  if (state === 0) return
  if (state !== 2) state = Atomics.exchange(words, turn, 2)
  while (state !== 0) {
    Atomics.wait(words, turn, 2)
    state = Atomics.exchange(words, turn, 2)
  }
}
