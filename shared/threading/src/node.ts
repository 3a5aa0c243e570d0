import { parentPort, Worker, workerData } from 'node:worker_threads'
import { RuntimeError } from './core/errors.ts'
import { setEventLoopHold } from './core/wait-list.ts'
import { runThreads } from './threads/worker-loop.ts'
import {
  openPool,
  type PoolOptions,
  type WorkerEvents,
  type WorkerHandle,
  type WorkerMessage,
} from './threads/worker-pool.ts'

const maxTimerDelay = 2 ** 31 - 1

// An asynchronous wait does not keep Node alive; a timer does. It repeats: the wait may last longer than a timer can.
setEventLoopHold(() => {
  const timer = setInterval(() => {}, maxTimerDelay)
  return () => clearInterval(timer)
})

interface WorkerInit {
  readonly memory: SharedArrayBuffer
  readonly slotNumber: number
}

export interface ProcessOptions extends PoolOptions {
  /** The module of the workers. It imports the modules of all targets and calls `serveThreads`. */
  readonly entry: URL
}

/**
 * Makes this thread the main thread of a process of Node's worker threads. Call it once, before the first primitive is
 * made. Throws RuntimeError when it is called again, and when a primitive was made before in a memory of another size
 * than wanted; ValueError for invalid sizes, and MemoryError when the system does not provide the memory.
 */
export function startProcess({ entry, ...options }: ProcessOptions): void {
  openPool(options, (memory, slotNumber, events) => makeWorker(entry, { memory, slotNumber }, events))
}

let isServing = false

/** Runs threads in a worker that `startProcess` made. Call it once, in the module of the workers. */
export function serveThreads(): void {
  if (parentPort === null) throw new RuntimeError('serveThreads is for workers')
  if (isServing) throw new RuntimeError('serveThreads was called before')
  isServing = true
  const port = parentPort
  const { memory, slotNumber }: WorkerInit = workerData
  void runThreads(memory, slotNumber, (message) => port.postMessage(message))
}

function makeWorker(entry: URL, init: WorkerInit, events: WorkerEvents): WorkerHandle {
  const worker = new Worker(entry, { workerData: init })
  let error: string | undefined
  worker.on('message', (message: WorkerMessage) => events.onMessage(message))
  worker.on('error', (thrown: Error) => {
    error = `${thrown.name}: ${thrown.message}`
  })
  worker.on('exit', () => events.onExit(error))
  // Last: adding a listener for messages makes Node stay alive for the worker.
  worker.unref()
  return {
    terminate: () => void worker.terminate(),
    keepAlive: (on) => (on ? worker.ref() : worker.unref()),
  }
}
