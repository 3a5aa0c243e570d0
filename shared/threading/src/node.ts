import { parentPort, Worker, workerData } from 'node:worker_threads'
import { RuntimeError } from './core/errors.ts'
import { eventLoop } from './core/wait-list.ts'
import { runThreads } from './threads/worker-loop.ts'
import {
  openPool,
  type PoolOptions,
  type WorkerEvents,
  type WorkerHandle,
  type WorkerMessage,
} from './threads/worker-pool.ts'

const maxTimerDelay = 2 ** 31 - 1

// To Node an asynchronous wait is nothing to stay alive for; a timer is.
eventLoop.keepAlive = () => {
  const timer = setTimeout(() => {}, maxTimerDelay)
  return () => clearTimeout(timer)
}

interface WorkerInit {
  readonly memory: SharedArrayBuffer
  readonly slotNumber: number
}

export interface ProcessOptions extends PoolOptions {
  /** The worker's module: it imports the modules of all targets, and calls `serveThreads`. */
  readonly entry: URL
}

/**
 * Makes this thread the main thread of a process of Node's worker threads. Call it once, before anything else. Throws
 * RuntimeError the second time, ValueError for sizes that make no sense, MemoryError when the system does not give so much memory.
 */
export function startProcess({ entry, ...options }: ProcessOptions): void {
  openPool(options, (memory, slotNumber, events) => makeWorker(entry, { memory, slotNumber }, events))
}

/** The life of a worker that was made by `startProcess`. */
export function serveThreads(): void {
  if (parentPort === null) throw new RuntimeError('serveThreads is for workers')
  const port = parentPort
  const { memory, slotNumber }: WorkerInit = workerData
  void runThreads(memory, slotNumber, (news) => port.postMessage(news))
}

function makeWorker(entry: URL, birth: WorkerInit, events: WorkerEvents): WorkerHandle {
  const worker = new Worker(entry, { workerData: birth })
  let error: string | undefined
  worker.on('message', (news: WorkerMessage) => events.onMessage(news))
  worker.on('error', (thrown: Error) => {
    error = `${thrown.name}: ${thrown.message}`
  })
  worker.on('exit', () => events.onExit(error))
  // Last: a listener for messages has Node stay alive for the worker.
  worker.unref()
  return {
    terminate: () => void worker.terminate(),
    keepAlive: (on) => (on ? worker.ref() : worker.unref()),
  }
}
