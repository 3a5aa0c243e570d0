import { adoptThread, RingBuffer } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/web'
import processorUrl from './ring-processor.ts?worker&url'

declare global {
  interface Window {
    playRamp: (count: number) => Promise<WorkletReport>
  }
}

export interface WorkletReport {
  /** The frames that the worklet played, of each channel. */
  readonly played: readonly (readonly number[])[]
  readonly threads: readonly string[]
  /** What it had read when the wait for the last frame ended. */
  readonly readAtEnd: number
}

startProcess({
  name: 'worklet',
  workers: 0,
  createWorker: () => {
    throw new Error('no thread is started')
  },
})

/** Writes `count` frames, each with its number, through a ring of 4,096 and returns what an AudioWorklet played. */
window.playRamp = async (count) => {
  const context = new AudioContext()
  await context.audioWorklet.addModule(processorUrl)
  const ring = new RingBuffer({ name: 'pcm', channels: 2, capacity: 4096 })
  const adoption = adoptThread({ name: 'audio' })
  const node = new AudioWorkletNode(context, 'ring', {
    numberOfInputs: 0,
    outputChannelCount: [2],
    processorOptions: { adoption, ring: ring.id },
  })
  const played: number[][] = [[], []]
  node.port.onmessage = ({ data }: MessageEvent<readonly Float32Array[]>) => {
    for (const [channel, block] of data.entries()) played[channel]?.push(...block)
  }
  node.connect(context.destination)
  const frames = Float32Array.from({ length: count }, (_, index) => index + 1)
  const channels = [frames, frames.map((value) => -value)]
  for (let written = 0; written < count; written += ring.write(channels, written))
    await ring.waitForSpaceAsync(Math.min(2048, count - written))
  ring.end()
  await ring.waitUntilReadAsync(count)
  const readAtEnd = ring.framesRead
  while ((played[0]?.length ?? 0) < count) await new Promise((resolve) => setTimeout(resolve))
  const threads = snapshot().threads.map(({ name, isAdopted }) => `${name}${isAdopted ? ', adopted' : ''}`)
  await context.close()
  return { played, threads, readAtEnd }
}
