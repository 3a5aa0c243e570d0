import {
  defineTargets,
  type Queue,
  type Semaphore,
  type SharedMemory,
  Thread,
  ValueError,
} from '@skein/threading'
import { at } from './support/line-marker.ts'
import { enterRoom, leaveRoom } from './support/room-occupancy.ts'
import { sleep } from './support/sleep.ts'

export interface Visits {
  readonly count: number
  readonly stay: number
}

// --- shown
export function visit(permits: Semaphore, room: SharedMemory, errors: Queue<string>, visits: Visits): void {
  for (let time = 0; time < visits.count; time++) {
    at('acquire')
    permits.acquire()
    at('come')
    enterRoom(room)
    at('stay')
    sleep(visits.stay)
    at('go')
    leaveRoom(room)
    at('release')
    release(permits, errors)
  }
}

export function release(permits: Semaphore, errors: Queue<string>): void {
  try {
    permits.release()
  } catch (error) {
    if (!(error instanceof ValueError)) throw error
    at('error')
    errors.put(error.message)
  }
}
defineTargets({ visit })

export function startVisitors(count: number, ...args: Parameters<typeof visit>): Thread[] {
  return Array.from({ length: count }, (_, index) => {
    const thread = new Thread({ target: visit, args, name: `visitor-${index + 1}` })
    thread.start()
    return thread
  })
}
// --- end
