import { defineTargets, Event, Lock, Queue, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'

export interface WaitObjects {
  readonly begin: Event
  readonly library: Lock
  readonly playing: Event
  readonly inputs: Queue<string>
}

// --- shown
export function live({ begin, library, playing, inputs }: WaitObjects): void {
  at('compute')
  while (!begin.isSet());
  at('block')
  library.acquire()
  at('release')
  library.release()
  at('wait')
  playing.wait()
  at('get')
  inputs.get(true, 3_600_000)
}
defineTargets({ live })
// --- end

export const makeWaitObjects = (): WaitObjects => ({
  begin: new Event({ name: 'begin' }),
  library: new Lock({ name: 'library' }),
  playing: new Event({ name: 'playing' }),
  inputs: new Queue<string>({ name: 'inputs' }),
})

// --- shown
export const makeThread = (objects: WaitObjects): Thread =>
  new Thread({ target: live, args: [objects], name: 'subject' })
// --- end
