import {
  type Condition,
  currentThread,
  defineTargets,
  type Event,
  type Lock,
  type Queue,
  type SharedMemory,
  Thread,
} from '../../shared/threading/index.ts'

/** What the tests' threads run. Each does one thing that a test watches from outside. */

export function echo(from: Queue, to: Queue): void {
  for (let item = from.get(); item !== 'stop'; item = from.get()) to.put(item)
}

export function produce(queue: Queue<number>, first: number, count: number): void {
  for (let item = first; item < first + count; item++) queue.put(item)
}

export function consume(queue: Queue<number>, sums: Queue<[number, number]>): void {
  let sum = 0
  let count = 0
  for (let item = queue.get(); item >= 0; item = queue.get()) {
    sum += item
    count++
  }
  sums.put([count, sum])
}

export function addWithLock(lock: Lock, cell: SharedMemory, times: number): void {
  for (let done = 0; done < times; done++) {
    lock.acquire()
    cell.int32[0] = cell.int32[0]! + 1
    lock.release()
  }
}

export function holdUntil(lock: Lock, held: Event, release: Event): void {
  lock.acquire()
  held.set()
  release.wait()
  lock.release()
}

export function spinHolding(lock: Lock, held: Event): void {
  lock.acquire()
  held.set()
  for (;;);
}

export function acquireThenTell(lock: Lock, told: Queue<string>, name: string): void {
  lock.acquire()
  told.put(`${name}${lock.ownerDied ? ' after a death' : ''}`)
  lock.release()
}

/** Takes one lock, waits until another thread has its own, and asks for that one. */
export function takeBoth(first: Lock, second: Lock, mine: Event, others: Event, done: Queue<string>): void {
  first.acquire()
  mine.set()
  others.wait()
  second.acquire()
  done.put(`${currentThread().name} has both`)
  second.release()
  first.release()
}

export function waitForEvent(event: Event, told: Queue<boolean>): void {
  told.put(event.wait())
}

export function waitForCondition(condition: Condition, told: Queue<string>, name: string): void {
  condition.acquire()
  told.put(`${name} waits`)
  condition.wait()
  told.put(`${name} woke`)
  condition.release()
}

export function getForever(queue: Queue): void {
  for (;;) queue.get()
}

export function fail(message: string): void {
  throw new RangeError(message)
}

export function startAnother(told: Queue<string>): void {
  const child = new Thread({ target: tell, args: [told, 'child'], name: 'child' })
  child.start()
  child.join()
  told.put('parent')
}

export function tell(told: Queue<string>, word: string): void {
  told.put(word)
}

defineTargets({
  echo,
  produce,
  consume,
  addWithLock,
  holdUntil,
  spinHolding,
  acquireThenTell,
  takeBoth,
  waitForEvent,
  waitForCondition,
  getForever,
  fail,
  startAnother,
  tell,
})
