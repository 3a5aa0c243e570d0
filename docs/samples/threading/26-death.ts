import { defineTargets, killThread, Lock, onThreadEnd, Queue, SharedMemory, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function transfer(lock: Lock, { int32: accounts }: SharedMemory, half: Queue<string>): void {
  using _ = lock.hold()
  accounts[0] = (accounts[0] ?? 0) - 10
  half.put('taken from one, not yet given to the other')
  for (;;);
}
defineTargets({ transfer })

function main(): void {
  const [lock, accounts, half] = [
    new Lock({ name: 'accounts' }),
    new SharedMemory({ bytes: 8 }),
    new Queue<string>(),
  ]
  accounts.int32.set([100, 100])
  const thread = new Thread({
    target: transfer,
    args: [lock, accounts, half],
    name: 'transfer',
    daemon: true,
  })
  onThreadEnd(async ({ name, error }) => {
    print(`${name}: ${error}`)
    await lock.acquireAsync()
    if (lock.ownerDied) {
      accounts.int32[1] = 200 - (accounts.int32[0] ?? 0)
      lock.markConsistent()
    }
    print(`repaired: ${accounts.int32.join(' and ')}; owner died: ${lock.ownerDied ? 'yes' : 'no'}`)
    lock.release()
  })
  thread.start()
  print(half.get())
  killThread(thread.ident ?? 0)
}

run(import.meta.url, main)
