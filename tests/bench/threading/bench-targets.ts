import {
  type Barrier,
  defineTargets,
  type Lock,
  now,
  type Queue,
  type Semaphore,
  type SharedMemory,
} from '@skein/threading'

/**
 * The targets of the threads in the measurements. Each waits at `start`, so that only the work itself is
 * timed.
 */

export function produce(queue: Queue<unknown>, item: unknown, count: number, start: Barrier): void {
  start.wait()
  for (let done = 0; done < count; done++) queue.put(item)
}

export function consume(queue: Queue<unknown>, count: number, start: Barrier): void {
  start.wait()
  for (let done = 0; done < count; done++) queue.get()
}

export function addUnderLock(lock: Lock, cell: SharedMemory, count: number, start: Barrier): void {
  start.wait()
  const { int32 } = cell
  for (let done = 0; done < count; done++) {
    lock.acquire()
    int32[0] = int32[0]! + 1
    lock.release()
  }
}

export function answer(ping: Semaphore, pong: Semaphore, count: number, start: Barrier): void {
  start.wait()
  for (let done = 0; done < count; done++) {
    ping.acquire()
    pong.release()
  }
}

export function answerByQueue(ping: Queue<number>, pong: Queue<number>, count: number, start: Barrier): void {
  start.wait()
  for (let done = 0; done < count; done++) pong.put(ping.get())
}

/** Holds the lock for half a millisecond repeatedly until `end`, and puts its maximum wait for it. */
export function holdInTurns(lock: Lock, end: number, maxWaits: Queue<number>, start: Barrier): void {
  start.wait()
  let maxWait = 0
  while (now() < end) {
    const asked = now()
    lock.acquire()
    maxWait = Math.max(maxWait, now() - asked)
    spin(0.5)
    lock.release()
  }
  maxWaits.put(maxWait)
}

export function nothing(): void {}

export function spin(milliseconds: number): void {
  const end = now() + milliseconds
  while (now() < end);
}

defineTargets({ produce, consume, addUnderLock, answer, answerByQueue, holdInTurns, nothing })
