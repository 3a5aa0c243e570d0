import { defineTargets, Queue, SharedMemory, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function weigh(parcels: Queue<{ grams: number }>, total: SharedMemory): void {
  for (;;) {
    const { grams } = parcels.get()
    total.int32[0] = (total.int32[0] ?? 0) + grams
    parcels.taskDone()
  }
}
defineTargets({ weigh })

function main(): void {
  const parcels = new Queue<{ grams: number }>({ name: 'parcels', maxSize: 2 })
  const total = new SharedMemory({ bytes: 4 })
  new Thread({ target: weigh, args: [parcels, total], daemon: true }).start()
  for (const grams of [100, 200, 300, 400]) parcels.put({ grams })
  parcels.join()
  print(`all parcels together: ${total.int32[0]} grams`)
}

run(import.meta.url, main)
