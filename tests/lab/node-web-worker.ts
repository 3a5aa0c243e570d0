import { Worker as NodeWorker, parentPort, workerData } from 'node:worker_threads'

/**
 * A page's Worker, on a thread of Node: as much of it as the Lab uses. `WebWorker` is the page's side; on the
 * worker's this module gives the module to be run a page's way to its creator.
 */
type MessageListener = (event: { data: unknown }) => void

export class NodeWebWorker {
  readonly #worker: NodeWorker

  constructor(module: URL) {
    this.#worker = new NodeWorker(new URL(import.meta.url), { workerData: { module: module.href } })
  }

  addEventListener(kind: 'message' | 'error', listener: MessageListener): void {
    this.#worker.on(kind, (data) => listener({ data }))
  }

  postMessage(data: unknown): void {
    this.#worker.postMessage(data)
  }

  terminate(): void {
    void this.#worker.terminate()
  }
}

if (parentPort !== null && workerData?.module !== undefined) {
  const port = parentPort
  Object.assign(globalThis, {
    postMessage: (data: unknown) => port.postMessage(data),
    addEventListener: (_kind: 'message', listener: MessageListener) =>
      port.on('message', (data) => listener({ data })),
  })
  await import(workerData.module)
}
