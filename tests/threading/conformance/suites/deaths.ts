import {
  Condition,
  defineTargets,
  Event,
  killThread,
  Lock,
  Queue,
  RLock,
  RuntimeError,
  SharedMemory,
  setExcepthook,
  Thread,
} from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { objectView, threadView, untilAsync, waitersOf } from '../observe.ts'
import { endOf } from './thread-errors.ts'
import { joinNamed } from './threads.ts'

/** What becomes of a lock whose owner dies, whatever the owner was doing. */
const ownerSuite = (title: string, make: (name: string) => Lock | RLock): Suite =>
  suite(`The death of the owner of ${title}`, ({ onMain }) => {
    onMain('frees it for who waits, who is told', ['death.held'], async (scene) => {
      const lock = make('library')
      const [owner, waiter] = [scene.actor('owner'), scene.actor('waiter')]
      await owner.callAsync(lock, 'acquire')
      const call = await waiter
        .run(step(lock, 'acquire'), step(lock, 'ownerDied'), step(lock, 'owner'), step(lock, 'release'))
        .untilWaitingAsync(lock)
      await scene.kill(owner)
      equal(await call.valuesAsync(), [true, true, waiter.ident, undefined])
      equal(lock.locked(), false)
    })

    onMain('frees it for who comes later, on main too', ['death.held', 'all.async'], async (scene) => {
      const lock = make('library')
      const owner = scene.actor('owner')
      await owner.callAsync(lock, 'acquire')
      await scene.kill(owner)
      equal([lock.locked(), lock.ownerDied, objectView(lock)?.holder], [false, true, undefined])
      equal(await lock.acquireAsync(0), true)
      equal(lock.ownerDied, true)
      lock.release()
    })

    onMain('frees it for main, which waits without blocking', ['death.held', 'all.async'], async (scene) => {
      const lock = make('library')
      const owner = scene.actor('owner')
      await owner.callAsync(lock, 'acquire')
      const acquired = lock.acquireAsync()
      await scene.kill(owner)
      equal([await acquired, lock.owner, lock.ownerDied], [true, 1, true])
      lock.release()
    })

    onMain('is marked until its holder says that the data is repaired', ['death.repair'], async (scene) => {
      const lock = make('library')
      const owner = scene.actor('owner')
      await owner.callAsync(lock, 'acquire')
      await scene.kill(owner)
      throws(RuntimeError, () => lock.markConsistent())
      const other = scene.actor()
      await other.run(step(lock, 'acquire'), step(lock, 'release')).valuesAsync()
      equal(lock.ownerDied, true, 'the mark after one who did not repair')
      await other.callAsync(lock, 'acquire')
      throws(RuntimeError, () => lock.markConsistent())
      await other.run(step(lock, 'markConsistent'), step(lock, 'release')).valuesAsync()
      equal(lock.ownerDied, false)
      equal(await lock.acquireAsync(), true)
      lock.release()
    })

    onMain(
      'frees it also when it dies while it waits for another',
      ['death.held', 'death.waiting'],
      async (scene) => {
        const [first, second] = [make('first'), make('second')]
        const [one, other] = [scene.actor('one'), scene.actor('other')]
        await one.callAsync(first, 'acquire')
        await other.callAsync(second, 'acquire')
        await one.startCall(second, 'acquire').untilWaitingAsync()
        const call = await other.startCall(first, 'acquire').untilWaitingAsync()
        // The two have locked each other out: the death of one is the way out.
        await scene.kill(one)
        equal(await call.resultAsync(), true)
        equal([first.ownerDied, second.ownerDied, waitersOf(second)], [true, false, []])
      },
    )

    onMain('frees it also when it dies in the middle of work', ['death.held'], async (scene) => {
      const lock = make('library')
      const cell = new SharedMemory({ bytes: 8 })
      const owner = scene.start(workForever, [lock, cell])
      await untilAsync(() => (cell.int32[0] ?? 0) > 100)
      await scene.kill({ thread: owner })
      equal(await lock.acquireAsync(), true)
      lock.release()
      equal(owner.isAlive(), false)
    })

    onMain(
      'frees and marks it also when the thread ends by itself, or by an error',
      ['death.held'],
      async (scene) => {
        for (const error of [null, 'forgotten']) {
          const lock = make('library')
          await scene.start(endHolding, [lock, error]).joinAsync()
          equal([await lock.acquireAsync(0), lock.ownerDied], [true, true])
          lock.markConsistent()
          lock.release()
        }
      },
    )

    onMain('frees all that it held', ['death.held'], async (scene) => {
      const locks = ['a', 'b', 'c'].map(make)
      const owner = scene.actor('owner')
      for (const lock of locks) await owner.callAsync(lock, 'acquire')
      await scene.kill(owner)
      equal(
        locks.map((lock) => [lock.locked(), lock.ownerDied]),
        [
          [false, true],
          [false, true],
          [false, true],
        ],
      )
    })

    onMain(
      'of a Condition over it wakes nobody unasked, and frees it',
      ['death.held', 'condition.unasked'],
      async (scene) => {
        const condition = new Condition({ lock: make('upNext') })
        const [owner, waiter] = [scene.actor('owner'), scene.actor('waiter')]
        const call = waiter.run(
          step(condition, 'acquire'),
          step(condition, 'wait'),
          step(condition, 'release'),
        )
        await call.untilWaitingAsync(condition)
        await owner.callAsync(condition, 'acquire')
        await scene.kill(owner)
        equal([waitersOf(condition), condition.lock.ownerDied], [[waiter.ident], true])
        await condition.acquireAsync()
        condition.notify()
        condition.release()
        equal((await call.valuesAsync())[1], true)
      },
    )
  })

const rlockSuite = suite('The death of the owner of an RLock, acquired again', ({ onMain }) => {
  onMain('forgets how often it had acquired it', ['death.held', 'rlock.count'], async (scene) => {
    const lock = new RLock()
    const owner = scene.actor('owner')
    for (let depth = 0; depth < 3; depth++) await owner.callAsync(lock, 'acquire')
    await scene.kill(owner)
    equal(await lock.acquireAsync(), true)
    lock.release()
    equal(lock.locked(), false)
    throws(RuntimeError, () => lock.release())
  })
})

const threadSuite = suite('The death of a thread', ({ onMain }) => {
  onMain('wakes who joins it, workers and main', ['death.join', 'all.pairs'], async (scene) => {
    const told = new Queue<string>()
    const victim = scene.actor('victim')
    const joiners = ['a', 'b'].map((name) => scene.start(joinNamed, ['victim', told, name], name))
    await untilAsync(() => joiners.every(({ ident }) => threadView(ident)?.waiting?.operation === 'join'))
    const joining = victim.thread.joinAsync()
    await scene.kill(victim)
    equal([await told.getAsync(), await told.getAsync()].sort(), ['a', 'b'])
    await joining
    equal(victim.thread.isAlive(), false)
    await victim.thread.joinAsync()
  })

  onMain('is told to main with its name and reason, and shown', ['death.join'], async (scene) => {
    const victim = scene.actor('victim')
    const told = endOf(victim.thread)
    await scene.kill(victim)
    equal(await told, { ident: victim.ident, name: 'victim', error: 'ended from outside' })
    const { state, waiting, error } = threadView(victim.ident) ?? {}
    equal([state, waiting, error], ['Terminated', undefined, 'ended from outside'])
  })

  onMain('leaves a worker in its place, as often as it happens', ['death.join'], async (scene) => {
    const told = new Queue<number>()
    for (let round = 0; round < 5; round++) {
      const victim = scene.actor()
      await victim.callAsync(told, 'qsize')
      await scene.kill(victim)
      await scene.start(tellNumber, [told, round]).joinAsync()
      equal(await told.getAsync(), round)
    }
  })

  onMain(
    'ends it in whatever it does: computing, before it begins, or asynchronous',
    ['death.join'],
    async (scene) => {
      const running = new Event()
      const computing = scene.start(compute, [running])
      await running.waitAsync()
      await scene.kill({ thread: computing })
      const barely = scene.start(compute, [new Event()])
      await scene.kill({ thread: barely })
      const idling = new Event()
      const idle = scene.start(idleForever, [idling])
      await idling.waitAsync()
      await scene.kill({ thread: idle })
      equal(
        [computing, barely, idle].map((thread) => thread.isAlive()),
        [false, false, false],
      )
    },
  )

  onMain(
    'comes too late for a thread that ends by itself, and never to the next in its worker',
    ['death.join'],
    async (scene) => {
      const told = new Queue<number>()
      for (let round = 0; round < 20; round++) {
        const ending = scene.start(tellNumber, [told, -1])
        await told.getAsync()
        await scene.kill({ thread: ending })
        await scene.start(tellNumber, [told, round]).joinAsync()
        equal(await told.getAsync(), round)
      }
    },
  )

  onMain('ends nothing of what it has said already', ['death.held'], async (scene) => {
    const queue = new Queue<number>()
    const victim = scene.actor()
    for (let item = 0; item < 3; item++) await victim.callAsync(queue, 'put', item)
    await scene.kill(victim)
    equal([await queue.getAsync(), await queue.getAsync(), await queue.getAsync()], [0, 1, 2])
  })

  onMain('is nothing to a thread that ended before, or never was', ['death.join'], async (scene) => {
    const told = new Queue<number>()
    const thread = scene.start(tellNumber, [told, 1])
    await thread.joinAsync()
    await scene.kill({ thread })
    await rejects(RuntimeError, scene.kill({ thread: new Thread() }))
    equal(await told.getAsync(), 1)
  })

  onMain('cannot be asked for by a worker', ['death.join'], async (scene) => {
    const told = new Queue<string>()
    await scene.start(killMain, [told]).joinAsync()
    equal(await told.getAsync(), 'RuntimeError')
  })
})

export function workForever(lock: Lock | RLock, cell: SharedMemory): void {
  for (;;) {
    using _ = lock.hold()
    cell.int32[0] = (cell.int32[0] ?? 0) + 1
  }
}

/** Ends without releasing the lock: by an error that is not reported, or by returning. */
export function endHolding(lock: Lock | RLock, error: string | null): void {
  lock.acquire()
  if (error === null) return
  setExcepthook(() => setExcepthook(undefined))
  throw new RangeError(error)
}

export function compute(running: Event): void {
  running.set()
  for (;;);
}

export async function idleForever(idling: Event): Promise<void> {
  idling.set()
  await new Promise(() => {})
}

export function tellNumber(told: Queue<number>, number: number): void {
  told.put(number)
}

export function killMain(told: Queue<string>): void {
  try {
    killThread(1)
  } catch (error) {
    told.put(error instanceof Error ? error.name : 'no Error')
  }
}

defineTargets({ workForever, endHolding, compute, idleForever, tellNumber, killMain })

export const deathSuites: readonly Suite[] = [
  ownerSuite('Lock', (name) => new Lock({ name })),
  ownerSuite('RLock', (name) => new RLock({ name })),
  rlockSuite,
  threadSuite,
]
