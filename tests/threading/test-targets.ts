import {
  type Cell,
  currentThread,
  defineTargets,
  type Event,
  type Lock,
  local,
  type Queue,
  setExcepthook,
} from '@skein/threading'

/** What the tests' threads run. Each does one thing that a test watches from outside. */

export function echo(from: Queue, to: Queue): void {
  for (let item = from.get(); item !== 'stop'; item = from.get()) to.put(item)
}

export function holdUntil(lock: Lock, held: Event, release: Event): void {
  lock.acquire()
  held.set()
  release.wait()
  lock.release()
}

export function readAfter(gate: Event, cell: Cell): number {
  gate.wait()
  return cell.value
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

export function getForever(queue: Queue): void {
  for (;;) queue.get()
}

export function putAndGet(queue: Queue<number>): void {
  for (;;) {
    queue.put(1)
    queue.get()
  }
}

/** What two threads must not do without a lock. */
export function addOne(counter: Cell, times: number): void {
  for (let time = 0; time < times; time++) counter.value += 1
}

export function addUnderLock(counter: Cell, lock: Lock, times: number): void {
  for (let time = 0; time < times; time++) {
    using _ = lock.hold()
    counter.value += 1
  }
}

export function takeInOrder(first: Lock, second: Lock): void {
  first.acquire()
  second.acquire()
  second.release()
  first.release()
}

export function putMany(queue: Queue<number>, count: number): void {
  for (let item = 0; item < count; item++) queue.put(item)
}

export function tell(told: Queue<string>, word: string): void {
  told.put(word)
}

/** Ends its thread with an error. */
export function fail(message: string): void {
  setExcepthook(() => {})
  throw new RangeError(message)
}

/** Passes on one less than it got, until nothing is left. */
export function pass(from: Queue<number>, to: Queue<number>): void {
  for (;;) {
    const left = from.get()
    if (left > 0) to.put(left - 1)
  }
}

export function setThenWait(mine: Event, others: Event): void {
  mine.set()
  others.wait()
}

export const testLocal = local<{ song: string }>()
testLocal.song = 'set while the module loads'

export function reportLocal(told: Queue<unknown>, song: string): void {
  const before = [testLocal.song, Object.keys(testLocal)]
  testLocal.song = song
  told.put([...before, testLocal.song])
}

defineTargets({
  fail,
  reportLocal,
  readAfter,
  pass,
  setThenWait,
  addOne,
  addUnderLock,
  takeInOrder,
  putMany,
  tell,
  echo,
  holdUntil,
  acquireThenTell,
  takeBoth,
  waitForEvent,
  getForever,
  putAndGet,
})
