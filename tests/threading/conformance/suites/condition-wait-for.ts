import { Condition, Lock, now, RLock, SharedMemory } from '@skein/threading'
import { step } from '../actor.ts'
import { atLeast, equal } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { untilAsync } from '../observe.ts'

const waitForSuite = (title: string, make: () => Condition): Suite =>
  suite(`${title}: waitFor`, ({ onThread, onMain }) => {
    onThread(
      "waitFor gives the predicate's last value, and asks it with the lock held",
      ['condition.waitFor'],
      (scene) => {
        const condition = make()
        const cell = new SharedMemory({ bytes: 8 })
        const other = scene.actor()
        condition.acquire()
        equal(
          condition.waitFor(() => 'there'),
          'there',
        )
        equal(
          condition.waitFor(() => 0, 3),
          0,
        )
        equal(
          condition.waitFor(() => '', 0),
          '',
        )
        const holder = condition.lock.owner
        other.run(step(condition, 'acquire'), step(condition, 'notify'), step(condition, 'release'))
        let asked = 0
        const value = condition.waitFor(() => {
          equal(condition.lock.owner, holder)
          asked++
          return asked === 2 ? { asked, cell: cell.int32[0] } : undefined
        })
        equal(value, { asked: 2, cell: 0 })
        condition.release()
      },
    )

    onThread(
      'waitFor waits no shorter than its timeout, however often it is notified',
      ['condition.waitFor'],
      (scene) => {
        const condition = make()
        const notifier = scene.actor()
        for (let count = 0; count < 5; count++) {
          notifier.run(step(condition, 'acquire'), step(condition, 'notify'), step(condition, 'release'))
        }
        condition.acquire()
        const began = now()
        equal(
          condition.waitFor(() => false, 20),
          false,
        )
        atLeast(now() - began, 20, 'the wait in milliseconds')
        condition.release()
      },
    )

    onMain('waitForAsync does the same on main', ['condition.waitFor', 'all.async'], async (scene) => {
      const condition = make()
      await condition.acquireAsync()
      equal(await condition.waitForAsync(() => 'there'), 'there')
      const began = now()
      equal(await condition.waitForAsync(() => 0, 15), 0)
      atLeast(now() - began, 15, 'the wait in milliseconds')
      let isReady = false
      const value = condition.waitForAsync(() => isReady && 'ready')
      await untilAsync(() => !condition.lock.locked())
      isReady = true
      scene.actor().run(step(condition, 'acquire'), step(condition, 'notifyAll'), step(condition, 'release'))
      equal(await value, 'ready')
      condition.release()
      equal(condition.lock.locked(), false)
    })
  })

export const waitForSuites: readonly Suite[] = [
  waitForSuite('Condition over its own lock', () => new Condition()),
  waitForSuite('Condition over a Lock', () => new Condition({ lock: new Lock() })),
  waitForSuite('Condition over an RLock', () => new Condition({ lock: new RLock() })),
]
