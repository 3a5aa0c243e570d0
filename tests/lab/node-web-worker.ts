import { Worker as NodeWorker, parentPort, workerData } from 'node:worker_threads'

/**
 * The part of a page's Worker that the Lab uses, on a thread of Node. `NodeWebWorker` is the page's side. In the worker,
 * this module gives the module it runs a web worker's `postMessage` and `addEventListener`.
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
