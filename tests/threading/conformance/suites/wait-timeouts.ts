import { ValueError } from '@skein/threading'
import { performHere, performOnMain, type Shared } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { pause, threadView, untilAsync, waitersOf } from '../observe.ts'
import { suitesOfWaits, type Wait } from './waits.ts'

/** Timeouts that a timer of the platform cannot hold: as milliseconds in 32 bits they are 0, negative or small. */
export const hugeTimeouts = [2 ** 31 - 1, 2 ** 31, 2 ** 32, 2 ** 32 + 5, 2 ** 53, 1e300, Infinity]

/** What is no number of milliseconds. */
export const noTimeouts: readonly unknown[] = [Number.NaN, '5', '', null, true, {}, [5], 5n, Symbol('5')]

const negativeTimeouts = [-0.5, -2, -(2 ** 31), -(2 ** 32) + 5, -1e300, -Infinity]

/** Milliseconds in which a timeout that is cut to 32 bits would have passed. */
const longEnough = 12

function timeoutSuite<Type extends Shared>(wait: Wait<Type>): Suite {
  const { title, line, make, value, timedOut } = wait
  const close = (object: Type) => wait.close?.(object) ?? []
  const before = (object: Type) => wait.before?.(object) ?? []
  const after = (object: Type) => wait.after?.(object) ?? []
  /** A wait that only polls leaves nothing to undo, except the lock of a condition. */
  const leave = (object: Type) => (before(object).length > 0 ? after(object) : [])

  return suite(`${title}: timeouts`, ({ onThread, onMain }) => {
    if (timedOut === undefined) return

    for (const timeout of hugeTimeouts)
      onThread(`waits with a timeout of ${timeout} ms`, [line], (scene) => {
        const object = make('patient')
        const [granter, waiter] = [scene.actor('granter'), scene.actor('waiter')]
        granter.run(...close(object)).values()
        const steps = [...before(object), wait.wait(object, timeout), ...after(object)]
        const call = waiter.run(...steps).untilWaiting(object)
        pause(longEnough)
        equal(
          [waitersOf(object), threadView(waiter.ident)?.until === undefined],
          [[waiter.ident], timeout === Infinity],
        )
        granter.run(...wait.grant(object)).values()
        equal(call.values()[before(object).length], value)
      })

    onMain('waits on main with timeouts of 2³¹ ms and more', [line, 'all.async'], async (scene) => {
      const granter = scene.actor('granter')
      for (const timeout of hugeTimeouts) {
        const object = make('patient')
        await granter.run(...close(object)).valuesAsync()
        const waiting = wait.waitAsync(object, timeout)
        await untilAsync(() => waitersOf(object).length > 0)
        await new Promise((resolve) => setTimeout(resolve, longEnough))
        equal(waitersOf(object), [1], `the waiters with ${timeout} ms`)
        await granter.run(...wait.grant(object)).valuesAsync()
        equal(await waiting, value)
      }
    })

    onThread('refuses what is no number, and nothing has changed', [line], (scene) => {
      const object = make('typed')
      const granter = scene.actor('granter')
      granter.run(...close(object)).values()
      for (const timeout of noTimeouts) {
        for (const one of before(object)) performHere(one)
        throws(TypeError, () => performHere(wait.wait(object, timeout as number)))
        for (const one of leave(object)) performHere(one)
        equal(waitersOf(object), [])
      }
      granter.run(...wait.grant(object)).values()
    })

    onMain('refuses what is no number on main, as a promise', [line, 'all.async'], async (scene) => {
      const object = make('typed')
      const granter = scene.actor('granter')
      await granter.run(...close(object)).valuesAsync()
      for (const timeout of noTimeouts) {
        // A condition's wait leaves its lock held when it is refused.
        if (before(object).length > 0) await performOnMain(before(object))
        const refused =
          before(object).length > 0
            ? performOnMain([wait.wait(object, timeout as number)])
            : wait.waitAsync(object, timeout as number)
        await rejects(TypeError, refused)
        await performOnMain(leave(object))
        equal(waitersOf(object), [])
      }
    })

    if (wait.negative === 'throws')
      onThread('refuses a negative timeout, other than −1 of a lock', [line], (scene) => {
        const object = make('refused')
        scene
          .actor('granter')
          .run(...close(object))
          .values()
        for (const timeout of negativeTimeouts)
          throws(ValueError, () => performHere(wait.wait(object, timeout)))
        equal(waitersOf(object), [])
      })
    else
      onThread('polls with a negative timeout', [line], (scene) => {
        const object = make('polled')
        scene
          .actor('granter')
          .run(...close(object))
          .values()
        for (const timeout of negativeTimeouts) {
          for (const one of before(object)) performHere(one)
          equal(performHere(wait.wait(object, timeout)), false)
          for (const one of leave(object)) performHere(one)
        }
        equal(waitersOf(object), [])
      })

    if (wait.before !== undefined) return

    onThread('gets what is there at once, whatever the timeout', [line], (scene) => {
      const waiter = scene.actor('waiter')
      for (const timeout of [0, 0.001, 2 ** 31, Infinity]) {
        const object = make('open')
        const open = title === 'Event.wait' || title.endsWith('.get') ? wait.grant(object) : []
        for (const one of open) performHere(one)
        equal(waiter.run(wait.wait(object, timeout), ...after(object)).values()[0], value)
      }
    })
  })
}

export const waitTimeoutSuites: readonly Suite[] = suitesOfWaits(timeoutSuite).filter(
  ({ cases }) => cases.length > 0,
)
