import { MessageChannel, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import { compareAndSet, load } from './core/atomic.ts'
import { now } from './core/clock.ts'
import { describeThrown, RuntimeError } from './core/errors.ts'
import { thread, threadAt, workerState } from './core/layout.ts'
import { hasMemory } from './core/memory.ts'
import { setEventLoopHold } from './core/wait-list.ts'
import type { WorkerEvents, WorkerHandle, WorkerMessage } from './threads/pooled-worker.ts'
import { runThreads } from './threads/worker-loop.ts'
import { endMain, openPool, type PoolOptions } from './threads/worker-pool.ts'

const maxTimerDelay = 2 ** 31 - 1

// An asynchronous wait does not keep Node alive; a timer does. It repeats: the wait may last longer than a timer can.
setEventLoopHold(() => {
  const timer = setInterval(() => {}, maxTimerDelay)
  return () => clearInterval(timer)
})

/** Milliseconds. */
const maxProbeDelay = 60_000

interface WorkerInit {
  readonly memory: SharedArrayBuffer
  readonly slotNumber: number
  /** The other end of main's probe. It closes when the worker can no longer run. */
  readonly probeEnd: MessagePort
}

/** Node's limits of the heap of a worker, in MiB. Those that are left out are Node's own. */
export interface ResourceLimits {
  /** For objects that have survived. */
  readonly maxOldGenerationSizeMb?: number
  /** For objects that were made recently. */
  readonly maxYoungGenerationSizeMb?: number
}

export interface ProcessOptions extends PoolOptions {
  /** The module of the workers. It imports the modules of all targets and calls `serveThreads`. */
  readonly entry: URL
  /** The limits of each worker's own heap. A worker that exceeds them dies, and its thread ends with an error. */
  readonly resourceLimits?: ResourceLimits
}

/**
 * Makes this thread the main thread of a process of Node's worker threads. Call it once, before the first primitive is
 * made. Throws RuntimeError when it is called again, and when a primitive was made before in a memory of another size
 * than wanted; ValueError for invalid sizes, and MemoryError when the system does not provide the memory.
 */
export function startProcess({ entry, resourceLimits, ...options }: ProcessOptions): void {
  const create = (init: WorkerInit) =>
    new Worker(entry, {
      workerData: init,
      transferList: [init.probeEnd],
      ...(resourceLimits && { resourceLimits }),
    })
  openPool(options, (memory, slotNumber, events) => makeWorker(create, memory, slotNumber, events))
  // Nothing keeps the process alive any more: main has ended.
  process.off('beforeExit', endMain).on('beforeExit', endMain)
}

let isServing = false

/** Runs threads in a worker that `startProcess` made. Call it once, in the module of the workers. */
export function serveThreads(): void {
  if (parentPort === null) throw new RuntimeError('serveThreads is for workers')
  if (isServing) throw new RuntimeError('serveThreads was called before')
  isServing = true
  const port = parentPort
  const { memory, slotNumber }: WorkerInit = workerData
  process.once('exit', () => {
    if (hasMemory())
      compareAndSet(threadAt(slotNumber) + thread.worker, workerState.running, workerState.exiting)
  })
  void runThreads(memory, slotNumber, (message) => port.postMessage(message))
}

function makeWorker(
  create: (init: WorkerInit) => Worker,
  memory: SharedArrayBuffer,
  slotNumber: number,
  events: WorkerEvents,
): WorkerHandle {
  const { port1: probe, port2: probeEnd } = new MessageChannel()
  const worker = create({ memory, slotNumber, probeEnd })
  const stopCheck = new StopCheck(probe, slotNumber)
  let error: string | undefined
  worker.on('message', (message: WorkerMessage) => events.onMessage(message))
  worker.on('error', (thrown: unknown) => {
    error = describeThrown(thrown)
  })
  worker.on('exit', () => {
    probe.close()
    events.onExit(error)
  })
  // Last: adding a listener for messages makes Node stay alive for the worker.
  worker.unref()
  return {
    terminate: () => {
      stopCheck.expect()
      void worker.terminate()
    },
    keepAlive: (on) => (on ? worker.ref() : worker.unref()),
    hasStopped: () => stopCheck.hasStopped(),
  }
}

/**
 * Finds out whether a worker can no longer run, without the event loop. Node closes a worker's ports after its last
 * step; a message that is posted to a closed port is reported as not delivered.
 */
class StopCheck {
  readonly #probe: MessagePort
  readonly #slotNumber: number
  #isExpected = false
  #isRefused = false
  #nextProbe = 0
  #delay = 250

  constructor(probe: MessagePort, slotNumber: number) {
    this.#probe = probe
    this.#slotNumber = slotNumber
  }

  get #workerWord(): number {
    return threadAt(this.#slotNumber) + thread.worker
  }

  /** The worker is about to be terminated. If it does not run the library yet, it never will. */
  expect(): void {
    this.#isExpected = true
    this.#isRefused = compareAndSet(this.#workerWord, workerState.made, workerState.refused)
  }

  hasStopped(): boolean {
    if (this.#isRefused) return true
    this.#isExpected ||= load(this.#workerWord) === workerState.exiting
    return (this.#isExpected || this.#isTimeToProbe()) && !this.#isDelivered()
  }

  /** A worker can end without a sign, when its memory is full. Each message stays in memory, so they become rare. */
  #isTimeToProbe(): boolean {
    const at = now()
    if (at < this.#nextProbe) return false
    this.#nextProbe = at + this.#delay
    const isBooting = load(this.#workerWord) === workerState.made
    if (!isBooting) this.#delay = Math.min(2 * this.#delay, maxProbeDelay)
    return true
  }

  #isDelivered(): boolean {
    // Node's types leave out what `postMessage` returns. Once main's event loop has closed the probe, because its other
    // end was closed, that is undefined; the worker's exit event can come much later.
    const isDelivered: unknown = this.#probe.postMessage(null)
    return isDelivered === true
  }
}
