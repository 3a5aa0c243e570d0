import { type Barrier, defineTargets, Lock, type Queue, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'

// --- shown
export function useBoth(
  first: Lock,
  second: Lock,
  start: Barrier,
  rounds: number,
  done: Queue<number>,
): void {
  start.wait()
  for (let round = 1; round <= rounds; round++) {
    at('first')
    first.acquire()
    at('second')
    second.acquire()
    at('done')
    done.put(round)
    at('releaseSecond')
    second.release()
    at('releaseFirst')
    first.release()
  }
}
defineTargets({ useBoth })

export function startBoth(isSameOrder: boolean, ...args: [Barrier, number, Queue<number>]): Thread[] {
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })]
  const other: [Lock, Lock] = isSameOrder ? [left, right] : [right, left]
  const threads = [
    new Thread({ target: useBoth, args: [left, right, ...args], name: 'one' }),
    new Thread({ target: useBoth, args: [...other, ...args], name: 'two' }),
  ]
  for (const thread of threads) thread.start()
  return threads
}
// --- end
