import { defineTargets, Empty, Event, Queue, Semaphore, Thread } from '@skein/threading'
import { print, run } from './run.ts'

function visit(seats: Semaphore, entered: Queue<string>, leave: Event): void {
  using _ = seats.hold()
  entered.put('one')
  leave.wait()
}
defineTargets({ visit })

function main(): void {
  const [seats, entered, leave] = [new Semaphore({ value: 2 }), new Queue<string>(), new Event()]
  for (let guest = 0; guest < 3; guest++) new Thread({ target: visit, args: [seats, entered, leave] }).start()
  print(`${entered.get()} got in`)
  print(`${entered.get()} got in`)
  try {
    entered.get(true, 50)
  } catch (error) {
    if (error instanceof Empty) print('the third waits')
  }
  leave.set()
  print(`${entered.get()} got in, when there was room`)
}

run(import.meta.url, main)
