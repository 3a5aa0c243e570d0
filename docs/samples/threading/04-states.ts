import { defineTargets, Event, Lock, Queue, Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { print, run } from './run.ts'

function live(begin: Event, lock: Lock, event: Event, queue: Queue<string>): void {
  while (!begin.isSet()); // computes, and so keeps a processor busy
  lock.acquire()
  lock.release()
  event.wait()
  queue.get(true, 60_000)
}
defineTargets({ live })

/** Looks every millisecond until the thread is in the state. */
function printWhen(thread: Thread, state: string): void {
  for (const pause = new Event(); ; pause.wait(1)) {
    const { threads, objects } = snapshot()
    const view = threads.find(({ id }) => id === thread.ident)
    if (view?.state === state) {
      const object = objects.find(({ id }) => id === view.waiting?.object)
      print(object === undefined ? state : `${state}: ${view.waiting?.operation} ${object.name}`)
      return
    }
  }
}

function main(): void {
  const [begin, event] = [new Event({ name: 'begin' }), new Event({ name: 'playing' })]
  const [lock, queue] = [new Lock({ name: 'library' }), new Queue<string>({ name: 'inputs' })]
  const thread = new Thread({ target: live, args: [begin, lock, event, queue] })
  print(`New: its ident is ${thread.ident}`)
  lock.acquire()
  thread.start()
  printWhen(thread, 'Runnable')
  begin.set()
  printWhen(thread, 'Blocked')
  lock.release()
  printWhen(thread, 'Waiting')
  event.set()
  printWhen(thread, 'Timed waiting')
  queue.put('the end')
  printWhen(thread, 'Terminated')
}

run(import.meta.url, main)
