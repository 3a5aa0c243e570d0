import { Condition, defineTargets, Event, Lock, Queue, RLock, Semaphore } from '@skein/threading'
import { type Actor, step } from '../actor.ts'
import { equal } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { threadView, untilAsync, waitersOf } from '../observe.ts'

/** What becomes of something that was granted to a thread which dies before it notices. */

type Acquirable = Semaphore | Lock | RLock

const permitSuite = suite('A permit that was granted to a thread which dies before it notices', ({
  onMain,
}) => {
  onMain('is left', ['death.waiting', 'semaphore.permits'], async (scene) => {
    const semaphore = new Semaphore({ value: 0 })
    const victim = scene.start(waitUnnoticing, [semaphore, new Event()])
    await untilAsync(() => waitersOf(semaphore).length === 1)
    semaphore.release()
    equal(semaphore.value, 0)
    await scene.kill({ thread: victim })
    equal(semaphore.value, 1)
  })

  onMain('is for the next waiter', ['death.waiting', 'semaphore.permits'], async (scene) => {
    const semaphore = new Semaphore({ value: 0 })
    const victim = scene.start(waitUnnoticing, [semaphore, new Event()])
    await untilAsync(() => waitersOf(semaphore).length === 1)
    const call = await scene.actor().startCall(semaphore, 'acquire').untilWaitingAsync()
    semaphore.release()
    equal(waitersOf(semaphore).length, 1)
    await scene.kill({ thread: victim })
    equal([await call.resultAsync(), semaphore.value], [true, 0])
  })

  onMain('does not change the order of the waiters', ['death.waiting'], async (scene) => {
    const semaphore = new Semaphore({ value: 0 })
    const passed = new Queue<string>()
    const actors = ['a', 'b', 'victim', 'c', 'd'].map((name) => scene.actor(name))
    for (const actor of actors)
      await actor
        .run(step(semaphore, 'acquire'), step(passed, 'put', actor.thread.name))
        .untilWaitingAsync(semaphore)
    await scene.kill(actors[2]!)
    const order: string[] = []
    for (let released = 0; released < 4; released++) {
      semaphore.release()
      order.push(await passed.getAsync())
    }
    equal([order, semaphore.value], [['a', 'b', 'c', 'd'], 0])
  })
})

const lockSuite = (title: string, make: () => Lock | RLock): Suite =>
  suite(`${title} that was handed to a thread which dies before it notices`, ({ onMain }) => {
    onMain('is free, and not marked: the thread never had it', ['death.held'], async (scene) => {
      const lock = make()
      await lock.acquireAsync()
      const victim = scene.start(waitUnnoticing, [lock, new Event()])
      await untilAsync(() => waitersOf(lock).length === 1)
      const since = performance.now()
      await untilAsync(() => performance.now() - since > 5)
      lock.release()
      equal(lock.owner, victim.ident)
      await scene.kill({ thread: victim })
      equal([lock.locked(), lock.ownerDied], [false, false])
      equal(await lock.acquireAsync(0), true)
      lock.release()
    })
  })

const conditionSuite = (title: string, make: () => Condition): Suite =>
  suite(`A notification of ${title} for a thread that dies before wait returns`, ({ onMain }) => {
    onMain(
      'is for the next thread that was waiting then',
      ['death.waiting', 'condition.none-lost'],
      async (scene) => {
        const condition = make()
        const victim = scene.start(awaitUnnoticing, [condition, new Event()])
        await untilAsync(() => waitersOf(condition).length === 1)
        const call = scene
          .actor()
          .run(step(condition, 'acquire'), step(condition, 'wait'), step(condition, 'release'))
        await call.untilWaitingAsync(condition)
        await condition.acquireAsync()
        condition.notify()
        condition.release()
        equal(waitersOf(condition).length, 1)
        await scene.kill({ thread: victim })
        equal((await call.valuesAsync())[1], true)
      },
    )

    onMain(
      'is for the next also where it was noticed, and the lock not yet acquired',
      ['death.waiting', 'condition.none-lost'],
      async (scene) => {
        const condition = make()
        const [victim, waiter] = [scene.actor('victim'), scene.actor('waiter')]
        const use = (actor: Actor) =>
          actor
            .run(step(condition, 'acquire'), step(condition, 'wait'), step(condition, 'release'))
            .untilWaitingAsync(condition)
        await use(victim)
        const call = await use(waiter)
        await condition.acquireAsync()
        condition.notify()
        await untilAsync(() => threadView(victim.ident)?.waiting?.object === condition.lock.id)
        await scene.kill(victim)
        condition.release()
        equal((await call.valuesAsync())[1], true)
      },
    )

    onMain('wakes no thread that came later', ['death.waiting', 'condition.unasked'], async (scene) => {
      const condition = make()
      const victim = scene.start(awaitUnnoticing, [condition, new Event()])
      await untilAsync(() => waitersOf(condition).length === 1)
      await condition.acquireAsync()
      condition.notifyAll()
      condition.release()
      const waiter = scene.actor()
      const call = waiter.run(step(condition, 'acquire'), step(condition, 'wait'), step(condition, 'release'))
      await call.untilWaitingAsync(condition)
      await scene.kill({ thread: victim })
      equal(waitersOf(condition), [waiter.ident])
      await condition.acquireAsync()
      condition.notify()
      condition.release()
      equal((await call.valuesAsync())[1], true)
    })
  })

/** Begins to wait, and blocks so that it cannot notice the end of that. */
export function waitUnnoticing(object: Acquirable, never: Event): void {
  void object.acquireAsync()
  never.wait()
}

export async function awaitUnnoticing(condition: Condition, never: Event): Promise<void> {
  condition.acquire()
  void condition.waitAsync()
  never.wait()
}

defineTargets({ waitUnnoticing, awaitUnnoticing })

export const grantDeathSuites: readonly Suite[] = [
  permitSuite,
  lockSuite('A Lock', () => new Lock()),
  lockSuite('An RLock', () => new RLock()),
  conditionSuite('a Condition', () => new Condition()),
  conditionSuite('a Condition over a Lock', () => new Condition({ lock: new Lock() })),
]
