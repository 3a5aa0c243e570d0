import { compareAndSet } from './core/atomic.ts'
import { RuntimeError } from './core/errors.ts'
import { thread, threadAt, workerState } from './core/layout.ts'
import type { WorkerEvents, WorkerHandle, WorkerMessage } from './threads/pooled-worker.ts'
import { runThreads } from './threads/worker-loop.ts'
import { openPool, type PoolOptions } from './threads/worker-pool.ts'

interface WorkerInit {
  readonly memory: SharedArrayBuffer
  readonly slotNumber: number
  /** A web lock that the worker holds all its life. It is the only way for a page to notice the end of a worker. */
  readonly lifeLock: string
}

type WebWorkerMessage = { readonly kind: 'ready' } | WorkerMessage

export interface ProcessOptions extends PoolOptions {
  /** Makes a worker from the module that imports the modules of all targets and calls `serveThreads`. */
  readonly createWorker: () => Worker
}

/**
 * Makes this page the main thread of a process of web workers. Call it once, before the first primitive is made. Throws
 * RuntimeError when it is called again, when a primitive was made before in a memory of another size than wanted, and on
 * a page that is not cross-origin isolated; ValueError for invalid sizes, and MemoryError when the system does not
 * provide the memory.
 */
export function startProcess({ createWorker, ...options }: ProcessOptions): void {
  openPool(options, (memory, slotNumber, events) => makeWorker(createWorker(), memory, slotNumber, events))
}

let isServing = false

/** Runs threads in a worker that `startProcess` made. Call it once, in the module of the workers. */
export function serveThreads(): void {
  if (isServing) throw new RuntimeError('serveThreads was called before')
  isServing = true
  addEventListener(
    'message',
    async ({ data }: MessageEvent<WorkerInit>) => {
      await holdLifeLock(data.lifeLock)
      postMessage({ kind: 'ready' } satisfies WebWorkerMessage)
      // An error here ends the worker, like an error of its module.
      runThreads(data.memory, data.slotNumber, (message) =>
        postMessage(message satisfies WebWorkerMessage),
      ).catch(reportError)
    },
    { once: true },
  )
}

function holdLifeLock(name: string): Promise<void> {
  return new Promise((resolve) => {
    void navigator.locks.request(name, () => {
      resolve()
      return new Promise(() => {})
    })
  })
}

function makeWorker(
  worker: Worker,
  memory: SharedArrayBuffer,
  slotNumber: number,
  events: WorkerEvents,
): WorkerHandle {
  const lifeLock = `threading-worker-${crypto.randomUUID()}`
  const workerWord = threadAt(slotNumber) + thread.worker
  let isWatched = false
  let hasExited = false
  let error: string | undefined
  const exit = () => {
    hasExited = true
    events.onExit(error)
  }
  const watchLifeLock = () => {
    if (isWatched || hasExited) return
    isWatched = true
    void navigator.locks.request(lifeLock, exit)
  }
  const terminate = () => {
    worker.terminate()
    if (isWatched || hasExited) return
    // A worker that runs the library has its lock.
    if (!compareAndSet(workerWord, workerState.made, workerState.refused)) watchLifeLock()
    else exit()
  }
  worker.addEventListener('message', ({ data }: MessageEvent<WebWorkerMessage>) => {
    if (data.kind === 'ready') watchLifeLock()
    else events.onMessage(data)
  })
  worker.addEventListener('error', (event) => {
    error = event.message || 'its module could not be loaded'
    events.onFailure()
  })
  worker.postMessage({ memory, slotNumber, lifeLock } satisfies WorkerInit)
  return { terminate, keepAlive: () => {}, hasStopped: () => hasExited }
}
