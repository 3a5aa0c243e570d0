import { defineTargets, Queue, RingBuffer, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function produce(ring: RingBuffer, told: Queue<string>): void {
  const count = ring.write([Float32Array.of(1, 2, 3, 4, 5, 6)])
  told.put(`${count} of 6 frames fit`)
  ring.waitForSpace(3)
  ring.reset()
  ring.write([Float32Array.of(7, 8)])
  told.put('a reset, and two other frames')
}
defineTargets({ produce })

function main(): void {
  const ring = new RingBuffer({ name: 'pcm', channels: 1, capacity: 4 })
  const told = new Queue<string>()
  new Thread({ target: produce, args: [ring, told] }).start()
  const heard = new Float32Array(3)
  for (let round = 0; round < 2; round++) {
    print(told.get())
    ring.read([heard])
    print(`heard: ${heard.join(' ')}`)
  }
}

run(import.meta.url, main)
