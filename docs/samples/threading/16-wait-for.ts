import { Condition, defineTargets, SharedMemory, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function arrive(changed: Condition, guests: SharedMemory): void {
  using _ = changed.hold()
  guests.int32[0] = (guests.int32[0] ?? 0) + 1
  changed.notify()
}
defineTargets({ arrive })

function main(): void {
  const [changed, guests] = [new Condition(), new SharedMemory({ bytes: 4 })]
  const all = () => guests.int32[0] === 3
  using _ = changed.hold()
  print(`within 20 milliseconds: ${changed.waitFor(all, 20) ? 'all' : 'not all'}`)
  for (let guest = 0; guest < 3; guest++) new Thread({ target: arrive, args: [changed, guests] }).start()
  print(`as long as it takes: ${changed.waitFor(all) ? 'all' : 'not all'}`)
}

run(import.meta.url, main)
