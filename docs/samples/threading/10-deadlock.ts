import { Barrier, defineTargets, Event, Lock, Thread } from '@skein/threading'
import { DeadlockDetector, snapshot } from '@skein/threading/inspect'
import { print, run } from './run.ts'

function takeBoth(first: Lock, second: Lock, eachHasOne: Barrier): void {
  using _first = first.hold()
  eachHasOne.wait()
  using _second = second.hold()
}
defineTargets({ takeBoth })

const named = (shown: readonly { id: number; name: string }[]) =>
  new Map(shown.map(({ id, name }) => [id, name]))

function main(): void {
  const [fork, knife] = [new Lock({ name: 'fork' }), new Lock({ name: 'knife' })]
  const eachHasOne = new Barrier({ parties: 2 })
  new Thread({ target: takeBoth, args: [fork, knife, eachHasOne], name: 'Ada', daemon: true }).start()
  new Thread({ target: takeBoth, args: [knife, fork, eachHasOne], name: 'Bob', daemon: true }).start()

  const watch = new DeadlockDetector()
  for (const pause = new Event(); ; pause.wait(1)) {
    const view = snapshot()
    const [deadlock] = watch.detect(view)
    const [threads, objects] = [named(view.threads), named(view.objects)]
    for (const { thread, waitsFor, heldBy } of deadlock?.links ?? [])
      print(`${threads.get(thread)} waits for the ${objects.get(waitsFor)} that ${threads.get(heldBy)} holds`)
    if (deadlock !== undefined) return
  }
}

run(import.meta.url, main)
