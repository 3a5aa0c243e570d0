import { Condition, defineTargets, SharedMemory, Thread } from '@skein/threading'
import { print, run } from './run.ts'

const [isFull, value] = [0, 1] // the words of the box

function produce(changed: Condition, { int32: box }: SharedMemory): void {
  for (let item = 1; item <= 3; item++) {
    using _ = changed.hold()
    while (box[isFull]) changed.wait()
    box[value] = item
    box[isFull] = 1
    changed.notifyAll()
  }
}

function consume(changed: Condition, { int32: box }: SharedMemory): void {
  for (let count = 0; count < 3; count++) {
    using _ = changed.hold()
    while (!box[isFull]) changed.wait()
    print(`took ${box[value]}`)
    box[isFull] = 0
    changed.notifyAll()
  }
}
defineTargets({ produce, consume })

function main(): void {
  const args = [new Condition({ name: 'changed' }), new SharedMemory({ bytes: 8 })] as const
  const threads = [produce, consume].map((target) => new Thread({ target, args }))
  for (const thread of threads) thread.start()
  for (const thread of threads) thread.join()
  print('the box is empty')
}

run(import.meta.url, main)
