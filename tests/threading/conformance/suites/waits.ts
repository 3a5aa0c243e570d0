import {
  BoundedSemaphore,
  Condition,
  Event,
  LifoQueue,
  Lock,
  now,
  PriorityQueue,
  Queue,
  RLock,
  RuntimeError,
  Semaphore,
} from '@skein/threading'
import { type Call, performHere, performOnMain, type Shared, type Step, step } from '../actor.ts'
import { atLeast, equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import type { Line } from '../contract.ts'
import { objectView, threadView, untilAsync, waitersOf } from '../observe.ts'

/** A way to wait, and how such a wait is brought about and ended. */
export interface Wait<Type extends Shared> {
  readonly title: string
  /** The line of the contract that says that it waits and times out. */
  readonly line: Line
  readonly make: (name: string) => Type
  /** What the granting thread does so that a wait blocks. */
  readonly close?: (object: Type) => readonly Step[]
  /** What the waiting thread does before, that needs no waiting. */
  readonly before?: (object: Type) => readonly Step[]
  readonly wait: (object: Type, timeout?: number) => Step
  readonly after?: (object: Type) => readonly Step[]
  /** The same wait on main. */
  readonly waitAsync: (object: Type, timeout?: number) => Promise<unknown>
  /** What the granting thread does to end the first wait, or all. */
  readonly grant: (object: Type) => readonly Step[]
  readonly value: unknown
  /** What it gives, or throws, when its time is up; undefined where it takes no timeout. */
  readonly timedOut: false | 'Full' | 'Empty' | undefined
  /** Whom a grant serves: the first waiter, the first and then the next in turn, or all. */
  readonly serves: 'first' | 'each in turn' | 'all'
  /** What it does with a negative timeout; a lock takes −1 for no timeout. */
  readonly negative: 'polls' | 'throws'
  /** The lines that say in which order, and of whom dies. */
  readonly orderLine?: Line
}

const lockWait = (title: string, make: (name: string) => Lock | RLock): Wait<Lock | RLock> => ({
  title,
  line: 'lock.acquire',
  make,
  close: (lock) => [step(lock, 'acquire')],
  wait: (lock, timeout = -1) => step(lock, 'acquire', true, timeout),
  after: (lock) => [step(lock, 'release')],
  waitAsync: async (lock, timeout = -1) => {
    const isAcquired = await lock.acquireAsync(timeout)
    if (isAcquired) lock.release()
    return isAcquired
  },
  grant: (lock) => [step(lock, 'release')],
  value: true,
  timedOut: false,
  serves: 'each in turn',
  negative: 'throws',
})

const semaphoreWait = (title: string, make: (name: string) => Semaphore): Wait<Semaphore> => ({
  title,
  line: 'semaphore.release',
  make,
  close: (semaphore) => [step(semaphore, 'acquire')],
  wait: (semaphore, timeout) => step(semaphore, 'acquire', true, timeout),
  waitAsync: (semaphore, timeout) => semaphore.acquireAsync(timeout),
  grant: (semaphore) => [step(semaphore, 'release')],
  value: true,
  timedOut: false,
  serves: 'first',
  negative: 'polls',
})

const conditionWait = (title: string, make: (name: string) => Condition): Wait<Condition> => ({
  title,
  line: 'condition.timeout',
  make,
  before: (condition) => [step(condition, 'acquire')],
  wait: (condition, timeout) => step(condition, 'wait', timeout),
  after: (condition) => [step(condition, 'release')],
  waitAsync: async (condition, timeout) => {
    await condition.acquireAsync()
    const isNotified = await condition.waitAsync(timeout)
    condition.release()
    return isNotified
  },
  grant: (condition) => [step(condition, 'acquire'), step(condition, 'notify'), step(condition, 'release')],
  value: true,
  timedOut: false,
  serves: 'first',
  negative: 'polls',
  orderLine: 'condition.order',
})

const eventWait: Wait<Event> = {
  title: 'Event.wait',
  line: 'event.wait',
  make: (name) => new Event({ name }),
  wait: (event, timeout) => step(event, 'wait', timeout),
  waitAsync: (event, timeout) => event.waitAsync(timeout),
  grant: (event) => [step(event, 'set')],
  value: true,
  timedOut: false,
  serves: 'all',
  negative: 'polls',
}

type MakeQueue = (options: { name: string; maxSize?: number }) => Queue<number>

const queueWaits = (kind: string, make: MakeQueue): Wait<Queue<number>>[] => [
  {
    title: `${kind}.get`,
    line: 'queue.block',
    make: (name) => make({ name }),
    wait: (queue, timeout) => step(queue, 'get', true, timeout),
    waitAsync: (queue, timeout) => queue.getAsync(timeout),
    grant: (queue) => [step(queue, 'put', 7)],
    value: 7,
    timedOut: 'Empty',
    serves: 'first',
    negative: 'throws',
  },
  {
    title: `${kind}.put`,
    line: 'queue.block',
    make: (name) => make({ name, maxSize: 1 }),
    close: (queue) => [step(queue, 'put', 1)],
    wait: (queue, timeout) => step(queue, 'put', 2, true, timeout),
    waitAsync: (queue, timeout) => queue.putAsync(2, timeout),
    grant: (queue) => [step(queue, 'get')],
    value: undefined,
    timedOut: 'Full',
    serves: 'first',
    negative: 'throws',
  },
  {
    title: `${kind}.join`,
    line: 'queue.join',
    make: (name) => make({ name }),
    close: (queue) => [step(queue, 'put', 1)],
    wait: (queue) => step(queue, 'join'),
    waitAsync: (queue) => queue.joinAsync(),
    grant: (queue) => [step(queue, 'get'), step(queue, 'taskDone')],
    value: undefined,
    timedOut: undefined,
    serves: 'all',
    negative: 'throws',
  },
]

/** What every wait has in common, whatever it waits for. */
function waitSuite<Type extends Shared>(wait: Wait<Type>): Suite {
  const { title, line, make, value, timedOut, serves } = wait
  const close = (object: Type) => wait.close?.(object) ?? []
  const before = (object: Type) => wait.before?.(object) ?? []
  const after = (object: Type) => wait.after?.(object) ?? []
  /** The steps of a waiter that tells its name as soon as its wait is over. */
  const waitAndTell = (object: Type, order: Queue<string>, name: string): readonly Step[] => [
    ...before(object),
    wait.wait(object),
    step(order, 'put', name),
    ...after(object),
  ]
  const outcomeOf = (object: Type, call: Call<unknown>) => call.values()[before(object).length]

  return suite(`${title} waits`, ({ onThread, onMain, onPage }) => {
    onThread('until another thread ends the wait', [line, 'all.pairs'], (scene) => {
      const object = make('waited for')
      const [granter, waiter] = [scene.actor('granter'), scene.actor('waiter')]
      granter.run(...close(object)).values()
      const call = waiter.run(...before(object), wait.wait(object), ...after(object)).untilWaiting(object)
      granter.run(...wait.grant(object)).values()
      equal(outcomeOf(object, call), value)
      equal(waitersOf(object), [])
    })

    onMain('on a worker until main ends the wait', [line, 'all.pairs'], async (scene) => {
      const object = make('waited for')
      await performOnMain(close(object))
      const steps = [...before(object), wait.wait(object), ...after(object)]
      const call = await scene
        .actor()
        .run(...steps)
        .untilWaitingAsync(object)
      await performOnMain(wait.grant(object))
      equal((await call.valuesAsync())[before(object).length], value)
    })

    onMain(
      'on main, without blocking, until a worker ends the wait',
      ['all.async', 'all.pairs'],
      async (scene) => {
        const object = make('waited for')
        const granter = scene.actor()
        await granter.run(...close(object)).valuesAsync()
        const waiting = wait.waitAsync(object)
        await untilAsync(() => waitersOf(object).length > 0)
        equal(waitersOf(object), [1])
        await granter.run(...wait.grant(object)).valuesAsync()
        equal(await waiting, value)
        equal(waitersOf(object), [])
      },
    )

    onThread(
      'in the sight of a snapshot: by its name, with who waits, first come first',
      ['all.names'],
      (scene) => {
        const object = make('a name of its own')
        const [granter, ...waiters] = scene.actors('granter', 'first', 'second', 'third')
        granter?.run(...close(object)).values()
        const order = new Queue<string>()
        for (const waiter of waiters) waiter.run(...waitAndTell(object, order, '')).untilWaiting(object)
        equal(objectView(object)?.name, 'a name of its own')
        equal(
          waitersOf(object),
          waiters.map(({ ident }) => ident),
        )
        equal(threadView(waiters[0]?.ident)?.waiting?.object, object.id)
        equal(threadView(waiters[0]?.ident)?.name, 'first')
        for (let count = 0; count < (serves === 'first' ? 3 : 1); count++) {
          granter?.run(...wait.grant(object)).values()
        }
        for (const _ of waiters) order.get()
      },
    )

    const orderLines: Line[] = wait.orderLine === undefined ? [line] : [line, wait.orderLine]
    onThread(
      serves === 'all' ? 'and all who wait go on' : 'and the first to come is served first',
      orderLines,
      (scene) => {
        const object = make('ordered')
        const names = ['first', 'second', 'third', 'fourth']
        const granter = scene.actor('granter')
        granter.run(...close(object)).values()
        const order = new Queue<string>()
        for (const name of names)
          scene
            .actor(name)
            .run(...waitAndTell(object, order, name))
            .untilWaiting(object)
        const grant = () => granter.run(...wait.grant(object)).values()
        if (serves !== 'first') grant()
        const served = names.map(() => {
          if (serves === 'first') grant()
          return order.get()
        })
        equal(serves === 'all' ? served.sort() : served, serves === 'all' ? [...names].sort() : names)
      },
    )

    onMain('and who dies meanwhile is forgotten: the next is served', ['death.waiting'], async (scene) => {
      const object = make('survived')
      const [granter, victim, next] = [scene.actor('granter'), scene.actor('victim'), scene.actor('next')]
      const order = new Queue<string>()
      await granter.run(...close(object)).valuesAsync()
      await victim.run(...waitAndTell(object, order, 'victim')).untilWaitingAsync(object)
      await next.run(...waitAndTell(object, order, 'next')).untilWaitingAsync(object)
      await scene.kill(victim)
      await stillWaits(object, next.ident, order)
      await granter.run(...wait.grant(object)).valuesAsync()
      equal(await order.getAsync(), 'next')
      equal(order.qsize(), 0)
    })

    onMain(
      'and the death of a thread that has nothing to do with it ends no wait',
      ['death.waiting'],
      async (scene) => {
        const object = make('untouched')
        const [granter, bystander, waiter] = [scene.actor('granter'), scene.actor(), scene.actor('waiter')]
        const order = new Queue<string>()
        await granter.run(...close(object)).valuesAsync()
        await waiter.run(...waitAndTell(object, order, 'waiter')).untilWaitingAsync(object)
        await scene.kill(bystander)
        await stillWaits(object, waiter.ident, order)
        await granter.run(...wait.grant(object)).valuesAsync()
        equal(await order.getAsync(), 'waiter')
      },
    )

    onPage(
      'but never on the main thread of a page: it throws and names its twin',
      ['all.async'],
      async (scene) => {
        const object = make('not for main')
        await scene
          .actor()
          .run(...close(object))
          .valuesAsync()
        await performOnMain(before(object))
        throws(RuntimeError, () => performHere(wait.wait(object)), new RegExp(`${wait.wait(object)[1]}Async`))
        equal(waitersOf(object), [])
      },
    )

    if (timedOut === undefined) return

    onThread('no longer than its timeout, and no shorter', [line], (scene) => {
      const object = make('timed')
      const [granter, waiter] = [scene.actor('granter'), scene.actor('waiter')]
      granter.run(...close(object)).values()
      const began = now()
      const steps = [...before(object), wait.wait(object, 15), ...(timedOut === false ? leave(object) : [])]
      checkTimedOut(() => waiter.run(...steps).values()[before(object).length])
      atLeast(now() - began, 15, 'the wait in milliseconds')
      equal(waitersOf(object), [])
      // Nothing of the wait is left: another is served as ever.
      const again = waiter.run(...before(object), wait.wait(object, 10_000), ...after(object))
      again.untilWaiting(object)
      equal(threadView(waiter.ident)?.until !== undefined, true, 'whether its deadline is shown')
      granter.run(...wait.grant(object)).values()
      equal(outcomeOf(object, again), value)
    })

    onThread('not at all with a timeout of nothing', [line], (scene) => {
      const object = make('polled')
      const [granter, waiter] = [scene.actor('granter'), scene.actor('waiter')]
      granter.run(...close(object)).values()
      const steps = [...before(object), wait.wait(object, 0), ...(timedOut === false ? leave(object) : [])]
      checkTimedOut(() => waiter.run(...steps).values()[before(object).length])
    })

    onMain('on main no longer than its timeout, and no shorter', ['all.async', line], async (scene) => {
      const object = make('timed')
      const granter = scene.actor()
      await granter.run(...close(object)).valuesAsync()
      for (const timeout of [0, 15]) {
        const began = now()
        const outcome = await wait.waitAsync(object, timeout).catch((error: Error) => error.name)
        equal(outcome, timedOut)
        atLeast(now() - began, timeout, 'the wait in milliseconds')
      }
      equal(waitersOf(object), [])
      const again = wait.waitAsync(object)
      await granter.run(...wait.grant(object)).valuesAsync()
      equal(await again, value)
    })

    onMain('on main too: a timeout that is no number is refused', ['all.async'], async (scene) => {
      const object = make('typed')
      await scene
        .actor()
        .run(...close(object))
        .valuesAsync()
      await rejects(TypeError, wait.waitAsync(object, Number.NaN))
      equal(waitersOf(object), [])
    })

    /** What a waiter has to do after a wait that ended without what it waited for. */
    function leave(object: Type): readonly Step[] {
      return before(object).length > 0 ? after(object) : []
    }

    function checkTimedOut(outcome: () => unknown): void {
      let got: unknown
      try {
        got = outcome()
      } catch (error) {
        got = error instanceof Error ? error.name : error
      }
      equal(got, timedOut)
    }
  })
}

/** A death may have a waiter look again, in its own time; it must then be seen to wait as before. */
async function stillWaits(object: Shared, ident: number, order: Queue<string>): Promise<void> {
  await untilAsync(() => order.qsize() > 0 || waitersOf(object).includes(ident))
  equal(order.qsize(), 0, 'how many were served by the death')
  equal(waitersOf(object), [ident])
}

/** Makes a suite of each way to wait. */
export const suitesOfWaits = (
  makeSuite: <Type extends Shared>(wait: Wait<Type>) => Suite,
): readonly Suite[] => [
  makeSuite(lockWait('Lock.acquire', (name) => new Lock({ name }))),
  makeSuite(lockWait('RLock.acquire', (name) => new RLock({ name }))),
  makeSuite(semaphoreWait('Semaphore.acquire', (name) => new Semaphore({ name }))),
  makeSuite(semaphoreWait('BoundedSemaphore.acquire', (name) => new BoundedSemaphore({ name }))),
  makeSuite(conditionWait('Condition.wait', (name) => new Condition({ name }))),
  makeSuite(conditionWait('Condition.wait over a Lock', (name) => new Condition({ name, lock: new Lock() }))),
  makeSuite(eventWait),
  ...queueWaits('Queue', (options) => new Queue<number>(options)).map(makeSuite),
  ...queueWaits('LifoQueue', (options) => new LifoQueue<number>(options)).map(makeSuite),
  ...queueWaits('PriorityQueue', (options) => new PriorityQueue<number>(options)).map(makeSuite),
]

export const waitSuites: readonly Suite[] = suitesOfWaits(waitSuite)
