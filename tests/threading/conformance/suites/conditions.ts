import {
  Condition,
  defineTargets,
  Lock,
  Queue,
  RLock,
  RuntimeError,
  SharedMemory,
  ValueError,
} from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { threadView, until, waitersOf } from '../observe.ts'

/** What a Condition does over whichever lock. */
const conditionSuite = (title: string, make: (name?: string) => Condition): Suite =>
  suite(title, ({ onThread, onMain }) => {
    onThread('needs its lock for wait, waitFor, notify and notifyAll', ['condition.held'], (scene) => {
      const condition = make('upNext')
      const calls = [
        () => condition.wait(),
        () => condition.wait(0),
        () => condition.waitFor(() => false),
        () => condition.notify(),
        () => condition.notifyAll(),
      ]
      for (const call of calls) throws(RuntimeError, call, /upNext/)
      const other = scene.actor()
      other.call(condition, 'acquire')
      for (const call of calls) throws(RuntimeError, call, /upNext/)
      other.call(condition, 'release')
      throws(RuntimeError, () => condition.release())
    })

    onMain('needs its lock on main too', ['condition.held', 'all.async'], async (scene) => {
      const condition = make()
      await scene.actor().run(step(condition, 'acquire')).valuesAsync()
      await rejects(RuntimeError, condition.waitAsync())
      await rejects(
        RuntimeError,
        condition.waitForAsync(() => false),
      )
      throws(RuntimeError, () => condition.notify())
      throws(RuntimeError, () => condition.notifyAll())
    })

    onThread('says whether its lock is held', ['condition.lock'], (scene) => {
      const condition = make()
      equal(condition.locked(), false)
      scene.actor().call(condition, 'acquire')
      equal([condition.locked(), condition.lock.locked()], [true, true])
    })

    onThread('notifies no number of threads that is none', ['condition.order'], (scene) => {
      const condition = make()
      const call = scene
        .actor()
        .run(step(condition, 'acquire'), step(condition, 'wait'), step(condition, 'release'))
      call.untilWaiting(condition)
      condition.acquire()
      for (const count of [2 ** 31, -(2 ** 31) - 1, 2 ** 32 + 1, 2 ** 53])
        throws(ValueError, () => condition.notify(count))
      for (const count of [0.5, Number.NaN, Infinity, '1'])
        throws(TypeError, () => condition.notify(count as number))
      for (const count of [0, -1, -(2 ** 31)]) condition.notify(count)
      equal(waitersOf(condition).length, 1)
      condition.notify(2 ** 31 - 1)
      condition.release()
      equal(call.values()[1], true)
    })

    onThread('gives its lock up while it waits', ['condition.depth'], (scene) => {
      const condition = make()
      const call = scene
        .actor()
        .run(step(condition, 'acquire'), step(condition, 'wait'), step(condition, 'release'))
      call.untilWaiting(condition)
      equal(condition.lock.locked(), false)
      equal(condition.acquire(false), true)
      condition.notify()
      condition.release()
      equal(call.values()[1], true)
    })

    onThread(
      'has its lock back before wait returns: not while its waker holds it',
      ['condition.back'],
      (scene) => {
        const condition = make()
        const waiter = scene.actor()
        const told = new Queue<string>()
        const call = waiter.run(
          step(condition, 'acquire'),
          step(condition, 'wait'),
          step(told, 'put', 'woke'),
          step(condition.lock, 'owner'),
        )
        call.untilWaiting(condition)
        condition.acquire()
        condition.notify()
        until(() => threadView(waiter.ident)?.waiting?.object === condition.lock.id)
        equal(threadView(waiter.ident)?.state, 'Blocked')
        equal(told.qsize(), 0)
        condition.release()
        equal(call.values(), [true, true, undefined, waiter.ident])
        waiter.call(condition, 'release')
      },
    )

    onThread(
      'has its lock back also when its time was up',
      ['condition.back', 'condition.timeout'],
      (scene) => {
        const condition = make()
        const waiter = scene.actor()
        condition.acquire()
        const call = waiter.run(
          step(condition, 'acquire'),
          step(condition, 'wait', 10),
          step(condition.lock, 'owner'),
          step(condition, 'release'),
        )
        until(() => threadView(waiter.ident)?.waiting?.object === condition.lock.id)
        condition.release()
        equal(call.values(), [true, false, waiter.ident, undefined])
      },
    )

    onThread('keeps its lock after an error', ['condition.back'], () => {
      const condition = make()
      condition.acquire()
      throws(TypeError, () => condition.wait(Number.NaN))
      throws(RangeError, () =>
        condition.waitFor(() => {
          throw new RangeError('in the predicate')
        }),
      )
      condition.release()
      equal(condition.lock.locked(), false)
    })

    onThread(
      'returns false when its time is up, at once with a timeout of 0 or less',
      ['condition.timeout'],
      () => {
        const condition = make()
        condition.acquire()
        for (const timeout of [0, -5, 3]) equal(condition.wait(timeout), false)
        condition.release()
        throws(RuntimeError, () => condition.release())
      },
    )

    onThread(
      'wakes as many as are notified, first come first, and none unasked',
      ['condition.order', 'condition.unasked', 'condition.none-lost'],
      (scene) => {
        const condition = make()
        const order = new Queue<string>()
        const names = ['a', 'b', 'c', 'd', 'e']
        const waiters = scene.actors(...names)
        for (const waiter of waiters) {
          waiter
            .run(
              step(condition, 'acquire'),
              step(condition, 'wait'),
              step(order, 'put', waiter.thread.name),
              step(condition, 'release'),
            )
            .untilWaiting(condition)
        }
        const idents = waiters.map(({ ident }) => ident)
        const notify = (count?: number) => {
          condition.acquire()
          if (count === undefined) condition.notifyAll()
          else condition.notify(count)
          condition.release()
        }
        notify(0)
        equal(waitersOf(condition), idents)
        notify(1)
        equal(order.get(), 'a')
        equal(waitersOf(condition), idents.slice(1))
        notify(2)
        equal([order.get(), order.get()].sort(), ['b', 'c'])
        equal(waitersOf(condition), idents.slice(3))
        notify()
        equal([order.get(), order.get()].sort(), ['d', 'e'])
        equal(order.empty(), true)
      },
    )

    onThread('keeps no signal that nobody waits for', ['condition.unasked'], () => {
      const condition = make()
      condition.acquire()
      condition.notify(3)
      condition.notifyAll()
      equal(condition.wait(5), false)
      condition.release()
    })

    onThread(
      'loses no signal between threads that take turns',
      ['condition.none-lost', 'all.pairs'],
      (scene) => {
        const condition = make()
        const turn = new SharedMemory({ bytes: 8 })
        const rounds = 500
        const players = [0, 1, 2].map((me) => scene.start(takeTurns, [condition, turn, me, 3, rounds]))
        for (const player of players) player.join()
        equal(turn.int32[0], 3 * rounds)
      },
    )

    onMain(
      'loses no signal between main and a worker',
      ['condition.none-lost', 'all.pairs', 'all.async'],
      async (scene) => {
        const condition = make()
        const turn = new SharedMemory({ bytes: 8 })
        const rounds = 100
        const player = scene.start(takeTurns, [condition, turn, 0, 2, rounds])
        for (let round = 0; round < rounds; round++) {
          await condition.acquireAsync()
          await condition.waitForAsync(() => (turn.int32[0] ?? 0) % 2 === 1)
          turn.int32[0] = (turn.int32[0] ?? 0) + 1
          condition.notifyAll()
          condition.release()
        }
        await player.joinAsync()
        equal(turn.int32[0], 2 * rounds)
      },
    )

    onMain('is not blocked by who died while it waited', ['death.waiting'], async (scene) => {
      const condition = make()
      const victim = scene.actor('victim')
      await victim.run(step(condition, 'acquire'), step(condition, 'wait')).untilWaitingAsync(condition)
      await scene.kill(victim)
      equal(await condition.acquireAsync(), true)
      condition.notifyAll()
      condition.release()
    })
  })

const overReentrantSuite = (title: string, make: () => Condition): Suite =>
  suite(title, ({ onThread, onMain }) => {
    onMain(
      'gives main its lock back at the depth it had, notified or not',
      ['condition.depth', 'condition.back', 'all.async'],
      async (scene) => {
        const condition = make()
        for (const timeout of [undefined, 5]) {
          await condition.acquireAsync()
          await condition.acquireAsync()
          const waiting = condition.waitAsync(timeout)
          equal(condition.lock.locked(), false)
          if (timeout === undefined) {
            const notifying = [
              step(condition, 'acquire'),
              step(condition, 'notify'),
              step(condition, 'release'),
            ]
            await scene
              .actor()
              .run(...notifying)
              .valuesAsync()
          }
          equal(await waiting, timeout === undefined)
          condition.release()
          equal(condition.lock.owner, 1)
          condition.release()
          equal(condition.lock.locked(), false)
        }
      },
    )

    onThread(
      'gives the lock up wholly at any depth, and has it back at that depth',
      ['condition.depth', 'condition.back'],
      (scene) => {
        const condition = make()
        const waiter = scene.actor()
        const call = waiter.run(
          ...[1, 2, 3].map(() => step(condition, 'acquire')),
          step(condition, 'wait'),
          step(condition, 'release'),
          step(condition, 'release'),
          step(condition.lock, 'owner'),
          step(condition, 'release'),
        )
        call.untilWaiting(condition)
        equal(condition.lock.locked(), false)
        condition.acquire()
        condition.acquire()
        condition.notify()
        condition.release()
        condition.release()
        equal(call.values(), [true, true, true, true, undefined, undefined, waiter.ident, undefined])
        equal(condition.lock.locked(), false)
        throws(RuntimeError, () => waiter.call(condition, 'release'))
      },
    )

    onThread(
      'has it back at its depth also when the time was up',
      ['condition.depth', 'condition.back'],
      () => {
        const condition = make()
        condition.acquire()
        condition.acquire()
        for (const timeout of [0, 2]) equal(condition.wait(timeout), false)
        condition.release()
        equal(condition.lock.locked(), true)
        condition.release()
        equal(condition.lock.locked(), false)
      },
    )
  })

const locksSuite = suite('Condition', ({ onThread }) => {
  onThread('is over an RLock of its own where none is given', ['condition.lock'], () => {
    equal(new Condition().lock instanceof RLock, true)
    const [one, other] = [new Condition(), new Condition()]
    equal(one.lock.id === other.lock.id, false)
  })

  onThread('is over the lock it is given, on every thread', ['condition.lock'], (scene) => {
    for (const lock of [new Lock(), new RLock()]) {
      const condition = new Condition({ lock })
      equal(condition.lock, lock)
      scene.actor().run(step(condition, 'acquire')).values()
      equal(lock.locked(), true)
      equal(lock.acquire(false), false)
    }
  })

  onThread(
    'shares a lock with another Condition, and not its waiters',
    ['condition.lock', 'condition.unasked'],
    (scene) => {
      const lock = new Lock()
      const [notEmpty, notFull] = [new Condition({ lock }), new Condition({ lock })]
      const [one, other] = [scene.actor(), scene.actor()]
      const first = one
        .run(step(lock, 'acquire'), step(notEmpty, 'wait'), step(lock, 'release'))
        .untilWaiting(notEmpty)
      const second = other
        .run(step(lock, 'acquire'), step(notFull, 'wait'), step(lock, 'release'))
        .untilWaiting(notFull)
      using _ = lock.hold()
      notFull.notifyAll()
      equal(waitersOf(notEmpty), [one.ident])
      notEmpty.notify()
      lock.release()
      equal([first.values()[1], second.values()[1]], [true, true])
      lock.acquire()
    },
  )
})

/** Raises the cell whenever it is this thread's turn. */
export function takeTurns(
  condition: Condition,
  turn: SharedMemory,
  me: number,
  of: number,
  rounds: number,
): void {
  for (let round = 0; round < rounds; round++) {
    condition.acquire()
    condition.waitFor(() => (turn.int32[0] ?? 0) % of === me)
    turn.int32[0] = (turn.int32[0] ?? 0) + 1
    condition.notifyAll()
    condition.release()
  }
}

defineTargets({ takeTurns })

const options = (name: string | undefined) => (name === undefined ? {} : { name })

export const conditionSuites: readonly Suite[] = [
  locksSuite,
  conditionSuite('Condition over its own lock', (name) => new Condition(options(name))),
  conditionSuite('Condition over a Lock', (name) => new Condition({ ...options(name), lock: new Lock() })),
  conditionSuite('Condition over an RLock', (name) => new Condition({ ...options(name), lock: new RLock() })),
  overReentrantSuite('Condition over its own lock, acquired again', () => new Condition()),
  overReentrantSuite('Condition over an RLock, acquired again', () => new Condition({ lock: new RLock() })),
]
