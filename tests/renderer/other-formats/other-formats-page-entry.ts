import type { DecodedSamples } from './other-formats-page-worker.ts'

declare global {
  interface Window {
    /** Decodes a file in a worker, and resolves with the samples of its channels. */
    decodeFile(base64: string): Promise<{ readonly channels: number[][]; readonly error?: string }>
  }
}

// The page of in-browser.test.ts.
const worker = new Worker(new URL('./other-formats-page-worker.ts', import.meta.url), { type: 'module' })

window.decodeFile = (base64) =>
  new Promise((resolve, reject) => {
    worker.onerror = (event) => reject(new Error(event.message))
    worker.onmessage = ({ data }: MessageEvent<DecodedSamples>) =>
      resolve({ ...data, channels: data.channels.map((samples) => [...samples]) })
    worker.postMessage(Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)))
  })
