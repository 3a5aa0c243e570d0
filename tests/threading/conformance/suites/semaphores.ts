import { BoundedSemaphore, defineTargets, Queue, Semaphore, SharedMemory, ValueError } from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { waitersOf } from '../observe.ts'

type MakeSemaphore = (options?: { value?: number; name?: string }) => Semaphore

const semaphoreSuite = (title: string, make: MakeSemaphore): Suite =>
  suite(title, ({ onThread, onMain }) => {
    onThread('begins with as many permits as it is given, 1 where it is not', ['semaphore.initial'], () => {
      equal(make().value, 1)
      equal(make({ value: 0 }).value, 0)
      equal(make({ value: 5 }).value, 5)
      throws(ValueError, () => make({ value: -1 }))
      throws(TypeError, () => make({ value: 1.5 }))
      throws(TypeError, () => make({ value: '1' as unknown as number }))
    })

    onThread('gives one permit to each, and none when none is left', ['semaphore.permits'], (scene) => {
      const semaphore = make({ value: 2 })
      const other = scene.actor()
      equal(semaphore.acquire(), true)
      equal(other.call(semaphore, 'acquire'), true)
      equal(semaphore.acquire(false), false)
      equal(other.call(semaphore, 'acquire', false), false)
      equal(semaphore.value, 0)
    })

    onThread(
      'may be released by another thread than the one that acquired it',
      ['semaphore.release'],
      (scene) => {
        const semaphore = make()
        semaphore.acquire()
        scene.actor().call(semaphore, 'release')
        equal(semaphore.acquire(false), true)
      },
    )

    onThread('refuses to release less than 1, and stays as it was', ['semaphore.release'], () => {
      const semaphore = make({ value: 3 })
      semaphore.acquire()
      for (const count of [0, -1]) throws(ValueError, () => semaphore.release(count))
      throws(TypeError, () => semaphore.release(0.5))
      equal(semaphore.value, 2)
    })

    onThread(
      'releases as many waiters as permits, the first to come first',
      ['semaphore.release'],
      (scene) => {
        const semaphore = make({ value: 3 })
        for (let taken = 0; taken < 3; taken++) semaphore.acquire()
        const order = new Queue<string>()
        const waiters = scene.actors('a', 'b', 'c', 'd')
        for (const waiter of waiters) {
          waiter
            .run(step(semaphore, 'acquire'), step(order, 'put', waiter.thread.name))
            .untilWaiting(semaphore)
        }
        semaphore.release(2)
        equal([order.get(), order.get()].sort(), ['a', 'b'])
        equal(
          waitersOf(semaphore),
          waiters.slice(2).map(({ ident }) => ident),
        )
        semaphore.release()
        equal(order.get(), 'c')
        semaphore.release()
        equal(order.get(), 'd')
        equal(semaphore.value, 0)
      },
    )

    onThread('keeps the permits that nobody waits for', ['semaphore.release'], (scene) => {
      const semaphore = make({ value: 3 })
      for (let taken = 0; taken < 3; taken++) semaphore.acquire()
      const call = scene.actor().startCall(semaphore, 'acquire').untilWaiting()
      semaphore.release(3)
      equal(call.result(), true)
      equal(semaphore.value, 2)
    })

    onThread('refuses a timeout without blocking', ['semaphore.arguments'], () => {
      const semaphore = make()
      for (const timeout of [0, 5, -1]) throws(ValueError, () => semaphore.acquire(false, timeout))
      throws(TypeError, () => semaphore.acquire(true, Number.NaN))
      equal(semaphore.value, 1)
    })

    onThread('only looks with a timeout of 0 or less', ['semaphore.poll'], () => {
      const semaphore = make()
      equal(semaphore.acquire(true, 0), true)
      for (const timeout of [0, -3]) equal(semaphore.acquire(true, timeout), false)
      semaphore.release()
      equal(semaphore.acquire(true, -3), true)
    })

    onMain('only looks on main with a timeout of 0 or less', ['semaphore.poll', 'all.async'], async () => {
      const semaphore = make()
      equal(await semaphore.acquireAsync(-3), true)
      equal(await semaphore.acquireAsync(-3), false)
      await rejects(TypeError, semaphore.acquireAsync(Number.NaN))
    })

    onThread(
      'never lets more threads in than it has permits',
      ['semaphore.permits', 'all.pairs'],
      (scene) => {
        const semaphore = make({ value: 2 })
        const counts = new SharedMemory({ bytes: 16 })
        const threads = [1, 2, 3, 4].map(() => scene.start(countInside, [semaphore, counts, 3000]))
        for (const thread of threads) thread.join()
        equal(Atomics.load(counts.int32, 1), 0, 'times that a third was inside')
        equal(Atomics.load(counts.int32, 2), 12_000, 'times that one was inside')
        equal(semaphore.value, 2)
      },
    )

    onMain(
      'gives nobody a permit when a thread dies that waits for one',
      ['death.waiting'],
      async (scene) => {
        const semaphore = make()
        await semaphore.acquireAsync()
        const [victim, next] = [scene.actor('victim'), scene.actor('next')]
        await victim.startCall(semaphore, 'acquire').untilWaitingAsync()
        const call = await next.startCall(semaphore, 'acquire').untilWaitingAsync()
        await scene.kill(victim)
        equal(waitersOf(semaphore), [next.ident])
        equal(semaphore.value, 0)
        semaphore.release()
        equal(await call.resultAsync(), true)
        equal(semaphore.value, 0)
      },
    )
  })

const unboundedSuite = suite('Semaphore', ({ onThread }) => {
  onThread('may be released more often than acquired', ['semaphore.release'], () => {
    const semaphore = new Semaphore()
    semaphore.release(4)
    equal(semaphore.value, 5)
  })
})

const boundedSuite = suite('BoundedSemaphore', ({ onThread }) => {
  onThread('refuses a release above its initial value, and the value stays', ['bounded.release'], () => {
    const semaphore = new BoundedSemaphore({ value: 2, name: 'openFiles' })
    throws(ValueError, () => semaphore.release(), /openFiles/)
    equal(semaphore.value, 2)
    semaphore.acquire()
    throws(ValueError, () => semaphore.release(2))
    equal(semaphore.value, 1)
    semaphore.release()
    throws(ValueError, () => semaphore.release())
    equal(semaphore.value, 2)
  })

  onThread('knows its initial value on every thread', ['bounded.release'], (scene) => {
    const semaphore = new BoundedSemaphore({ value: 3 })
    const other = scene.actor()
    throws(ValueError, () => other.call(semaphore, 'release'))
    other.call(semaphore, 'acquire')
    other.call(semaphore, 'release')
    throws(ValueError, () => other.call(semaphore, 'release'))
    equal(semaphore.value, 3)
  })

  onThread('of 0 can never be released', ['bounded.release', 'semaphore.initial'], () => {
    const semaphore = new BoundedSemaphore({ value: 0 })
    throws(ValueError, () => semaphore.release())
    equal(semaphore.acquire(false), false)
  })
})

/** Counts who is inside, how often that was more than two, and how often one was in. */
export function countInside(semaphore: Semaphore, counts: SharedMemory, times: number): void {
  for (let done = 0; done < times; done++) {
    semaphore.acquire()
    if (Atomics.add(counts.int32, 0, 1) >= 2) Atomics.add(counts.int32, 1, 1)
    Atomics.add(counts.int32, 2, 1)
    Atomics.sub(counts.int32, 0, 1)
    semaphore.release()
  }
}

defineTargets({ countInside })

export const semaphoreSuites: readonly Suite[] = [
  semaphoreSuite('Semaphores: Semaphore', (options) => new Semaphore(options)),
  semaphoreSuite('Semaphores: BoundedSemaphore', (options) => new BoundedSemaphore(options)),
  unboundedSuite,
  boundedSuite,
]
