import { runThreads } from './threads/worker-loop.ts'
import {
  openPool,
  type PoolOptions,
  type WorkerEvents,
  type WorkerHandle,
  type WorkerMessage,
} from './threads/worker-pool.ts'

interface WorkerInit {
  readonly memory: SharedArrayBuffer
  readonly slotNumber: number
  /** A web lock that the worker holds for its whole life: a page has no other way to detect a worker's end. */
  readonly lifeLock: string
}

type WebWorkerMessage = { readonly kind: 'born' } | WorkerMessage

export interface ProcessOptions extends PoolOptions {
  /** Makes a worker from the module that imports the modules of all targets, and calls `serveThreads`. */
  readonly createWorker: () => Worker
}

/**
 * Makes this page the main thread of a process of web workers. Call it once, before anything else. Throws RuntimeError
 * the second time and on a page that is not cross-origin isolated, ValueError for sizes that make no sense, MemoryError when the system does not give so much
 * memory.
 */
export function startProcess({ createWorker, ...options }: ProcessOptions): void {
  openPool(options, (memory, slotNumber, events) => makeWorker(createWorker(), memory, slotNumber, events))
}

/** The life of a worker that was made by `startProcess`. */
export function serveThreads(): void {
  addEventListener(
    'message',
    async ({ data }: MessageEvent<WorkerInit>) => {
      await holdLifeLock(data.lifeLock)
      postMessage({ kind: 'born' } satisfies WebWorkerMessage)
      // What goes wrong here ends the worker, as an error of its module does.
      runThreads(data.memory, data.slotNumber, (news) => postMessage(news satisfies WebWorkerMessage)).catch(
        reportError,
      )
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
  let born = false
  let error: string | undefined
  worker.addEventListener('message', ({ data }: MessageEvent<WebWorkerMessage>) => {
    if (data.kind !== 'born') return events.onMessage(data)
    born = true
    void navigator.locks.request(lifeLock, () => events.onExit(error))
  })
  worker.addEventListener('error', (event) => {
    error = event.message || 'its module could not be loaded'
    worker.terminate()
    if (!born) events.onExit(error)
  })
  worker.postMessage({ memory, slotNumber, lifeLock } satisfies WorkerInit)
  return {
    terminate: () => {
      worker.terminate()
      if (!born) events.onExit(undefined)
    },
    keepAlive: () => {},
  }
}
