import { parentPort, workerData } from 'node:worker_threads'
import { RingBuffer } from '@skein/threading'
import { type Adoption, enterAdoptedThread } from '@skein/threading/worklet'

/** A worker that the library did not start. It does what it is sent, and sends back what came of it. */

const { adoption, ring: id } = workerData as { readonly adoption: Adoption; readonly ring: number }
enterAdoptedThread(adoption)
const ring = RingBuffer.attach(id)

const commands: Readonly<Record<string, () => unknown>> = {
  read: () => {
    const target = new Float32Array(4)
    ring.read([target])
    return [...target]
  },
  wait: () => ring.waitForSpace(8),
  waitAsync: () => ring.waitForSpaceAsync(8),
  enterAgain: () => enterAdoptedThread(adoption),
}

parentPort?.on('message', async (command: string) => {
  try {
    parentPort?.postMessage({ value: await commands[command]?.() })
  } catch (error) {
    parentPort?.postMessage({ error: String(error) })
  }
})
