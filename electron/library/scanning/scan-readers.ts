import type { BatchListener, FileRequest, ReadResult } from '../readers/scan-messages.ts'

/** The part of the pool of scan threads that a scan uses. */
export interface ScanReaders {
  /** Gives requests of the present scan to the threads. Waits while their queue is full. */
  request(requests: readonly FileRequest[], onResults: BatchListener): Promise<void>
  /** Ends the present scan: none of its listeners is called any more. */
  cancelScan(): void
}

/** Resolves with a result for each request, in their order; with undefined if the scan is cancelled. */
export async function requestAll(
  readers: ScanReaders,
  requests: readonly FileRequest[],
  signal: AbortSignal,
): Promise<readonly ReadResult[] | undefined> {
  const results = new Map<FileRequest, ReadResult>()
  const { promise, resolve } = Promise.withResolvers<void>()
  const stop = () => resolve()
  signal.addEventListener('abort', stop, { once: true })
  await readers.request(requests, (done, found) => {
    for (const [index, request] of done.entries())
      if (found[index] !== undefined) results.set(request, found[index])
    if (results.size === requests.length) resolve()
  })
  if (!signal.aborted) await promise
  signal.removeEventListener('abort', stop)
  return signal.aborted ? undefined : requests.map((request) => results.get(request) as ReadResult)
}
