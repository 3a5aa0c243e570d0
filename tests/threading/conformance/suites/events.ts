import { Event } from '@skein/threading'
import { step } from '../actor.ts'
import { equal } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { waitersOf } from '../observe.ts'

const eventSuite = suite('Event', ({ onThread, onMain }) => {
  onThread('is cleared at first, set by set and cleared by clear', ['event.wait'], (scene) => {
    const event = new Event()
    const other = scene.actor()
    equal(event.isSet(), false)
    event.set()
    event.set()
    equal(other.call(event, 'isSet'), true)
    other.call(event, 'clear')
    equal(event.isSet(), false)
    event.clear()
    equal(event.isSet(), false)
  })

  onThread('wait returns the flag: at once while it is set', ['event.wait'], () => {
    const event = new Event()
    for (const timeout of [0, -1, 2]) equal(event.wait(timeout), false)
    event.set()
    for (const timeout of [undefined, 0, -1, 1000]) equal(event.wait(timeout), true)
    event.clear()
    equal(event.wait(0), false)
  })

  onThread(
    'set releases all that wait at that moment, even if clear follows at once',
    ['event.set'],
    (scene) => {
      const event = new Event()
      const calls = scene
        .actors('a', 'b', 'c', 'd')
        .map((waiter) => waiter.startCall(event, 'wait').untilWaiting())
      event.set()
      event.clear()
      equal(
        calls.map((call) => call.result()),
        [true, true, true, true],
      )
      equal(event.isSet(), false)
    },
  )

  onThread('set releases nobody who comes after clear', ['event.set'], (scene) => {
    const event = new Event()
    event.set()
    event.clear()
    const waiter = scene.actor()
    const call = waiter.startCall(event, 'wait').untilWaiting()
    equal(waitersOf(event), [waiter.ident])
    event.set()
    equal(call.result(), true)
  })

  onThread('releases the waiters of every one of many rounds', ['event.set'], (scene) => {
    const event = new Event()
    const [one, other] = [scene.actor(), scene.actor()]
    for (let round = 0; round < 50; round++) {
      const calls = [
        one.startCall(event, 'wait').untilWaiting(),
        other.startCall(event, 'wait', 10_000).untilWaiting(),
      ]
      event.set()
      event.clear()
      equal(
        calls.map((call) => call.result()),
        [true, true],
      )
    }
  })

  onMain(
    'releases main and workers together, even if clear follows at once',
    ['event.set', 'all.async'],
    async (scene) => {
      const event = new Event()
      const call = await scene.actor().startCall(event, 'wait').untilWaitingAsync()
      const [mine, mineToo] = [event.waitAsync(), event.waitAsync(10_000)]
      await scene.actor().run(step(event, 'set'), step(event, 'clear')).valuesAsync()
      equal([await mine, await mineToo, await call.resultAsync()], [true, true, true])
    },
  )
})

export const eventSuites: readonly Suite[] = [eventSuite]
