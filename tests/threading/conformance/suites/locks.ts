import {
  BoundedSemaphore,
  Condition,
  defineTargets,
  Lock,
  Queue,
  RLock,
  RuntimeError,
  Semaphore,
  SharedMemory,
  ValueError,
} from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { threadView, until } from '../observe.ts'

type MakeLock = (options?: { name: string }) => Lock | RLock

/** What Lock and RLock have in common. */
const lockSuite = (title: string, make: MakeLock): Suite =>
  suite(title, ({ onThread, onMain }) => {
    onThread(
      'is held by the thread that acquired it, until it releases it',
      ['lock.acquire', 'lock.locked'],
      (scene) => {
        const lock = make()
        const other = scene.actor()
        equal(lock.locked(), false)
        equal(lock.acquire(), true)
        equal(lock.locked(), true)
        equal(other.call(lock, 'locked'), true)
        equal(other.call(lock, 'acquire', false), false)
        lock.release()
        equal(lock.locked(), false)
        equal(other.call(lock, 'acquire', false), true)
        other.call(lock, 'release')
      },
    )

    onThread('waits forever with a timeout of −1', ['lock.acquire'], (scene) => {
      const lock = make()
      lock.acquire()
      const patient = scene.actor('patient')
      const call = patient.startCall(lock, 'acquire', true, -1).untilWaiting()
      equal(threadView(patient.ident)?.until, undefined, 'its deadline')
      lock.release()
      equal(call.result(), true)
    })

    onThread('refuses a timeout without blocking, and one below −1', ['lock.arguments'], (scene) => {
      const lock = make()
      for (const timeout of [0, 5, -2]) throws(ValueError, () => lock.acquire(false, timeout))
      for (const timeout of [-2, -0.5, -1.5, -Infinity]) throws(ValueError, () => lock.acquire(true, timeout))
      throws(TypeError, () => lock.acquire(true, Number.NaN))
      throws(TypeError, () => lock.acquire(true, '5' as unknown as number))
      equal(lock.locked(), false)
      equal(scene.actor().call(lock, 'acquire', false), true)
    })

    onMain('refuses the same without blocking, as a promise', ['lock.arguments', 'all.async'], async () => {
      const lock = make()
      const promise = lock.acquireAsync(-2)
      await rejects(ValueError, promise)
      equal(await lock.acquireAsync(0), true)
      lock.release()
    })

    onThread('refuses to be released when nobody holds it', ['lock.unlocked'], () => {
      const lock = make({ name: 'library' })
      throws(RuntimeError, () => lock.release(), /library/)
      lock.acquire()
      lock.release()
      throws(RuntimeError, () => lock.release())
      equal(lock.acquire(false), true)
    })

    onThread(
      'refuses to be released by another thread than its owner',
      ['lock.owner', 'rlock.owner'],
      (scene) => {
        const lock = make()
        const other = scene.actor()
        lock.acquire()
        throws(RuntimeError, () => other.call(lock, 'release'))
        equal(lock.locked(), true)
        lock.release()
        other.call(lock, 'acquire')
        throws(RuntimeError, () => lock.release())
        other.call(lock, 'release')
      },
    )

    onMain(
      'refuses to be released by main when a worker holds it',
      ['lock.owner', 'all.pairs'],
      async (scene) => {
        const lock = make()
        const other = scene.actor()
        await other.callAsync(lock, 'acquire')
        throws(RuntimeError, () => lock.release())
        await other.callAsync(lock, 'release')
        equal(await lock.acquireAsync(), true)
        await rejects(RuntimeError, other.callAsync(lock, 'release'))
        lock.release()
      },
    )

    onThread(
      'is handed to a waiter that has waited 1 ms, and cannot be taken before it',
      ['lock.handoff'],
      (scene) => {
        const lock = make()
        for (let round = 0; round < 20; round++) {
          lock.acquire()
          const waiter = scene.actor()
          const call = waiter.startCall(lock, 'acquire').untilWaiting()
          const since = threadView(waiter.ident)?.since ?? Infinity
          until(() => performance.timeOrigin + performance.now() - since > 2)
          lock.release()
          equal(lock.acquire(false), false, 'what who releases gets')
          equal(call.result(), true)
          equal(lock.owner, waiter.ident)
          waiter.call(lock, 'release')
          waiter.stop()
          waiter.thread.join()
        }
      },
    )

    onThread('lets one thread in at a time: no update is lost', ['lock.acquire', 'all.pairs'], (scene) => {
      const lock = make()
      const cell = new SharedMemory({ bytes: 8 })
      const times = 20_000
      const threads = [1, 2, 3].map(() => scene.start(addWithLock, [lock, cell, times]))
      for (const thread of threads) thread.join()
      equal(cell.int32[0], 3 * times)
      equal(lock.locked(), false)
    })

    onMain('lets main and workers in one at a time', ['all.pairs'], async (scene) => {
      const lock = make()
      const cell = new SharedMemory({ bytes: 8 })
      const times = 500
      const threads = [1, 2].map(() => scene.start(addWithLock, [lock, cell, times]))
      for (let done = 0; done < times; done++) {
        await lock.acquireAsync()
        addOne(cell)
        lock.release()
      }
      for (const thread of threads) await thread.joinAsync()
      equal(cell.int32[0], 3 * times)
    })

    onThread('is the same lock as an argument and deep inside an item', ['queue.items'], (scene) => {
      const lock = make({ name: 'sent' })
      const queue = new Queue<{ locks: { deep: Lock | RLock }[] }>()
      queue.put({ locks: [{ deep: lock }] })
      const received = queue.get().locks[0]?.deep
      received?.acquire()
      equal(received?.name, 'sent')
      equal(lock.owner, received?.owner)
      equal(scene.actor().call(lock, 'acquire', false), false)
      lock.release()
    })
  })

type MakeHoldable = () => {
  readonly object: Lock | RLock | Condition | Semaphore
  readonly isHeld: () => boolean
}

/** What `using` does for all that can be held. */
const usingSuite = (title: string, make: MakeHoldable): Suite =>
  suite(`${title} with using`, ({ onThread, onMain }) => {
    onThread('is held in the block and free behind it', ['lock.using'], () => {
      const { object, isHeld } = make()
      {
        using _ = object.hold()
        equal(isHeld(), true)
      }
      equal(isHeld(), false)
    })

    onThread('is free again after an error in the block', ['lock.using'], () => {
      const { object, isHeld } = make()
      throws(RangeError, () => {
        using _ = object.hold()
        throw new RangeError('in the block')
      })
      equal(isHeld(), false)
    })

    onThread('waits at the start of the block', ['lock.using'], (scene) => {
      const { object, isHeld } = make()
      const other = scene.actor()
      other.call(object as Lock, 'acquire')
      const order = new Queue<string>()
      const call = other.run(step(order, 'put', 'other leaves'), step(object as Lock, 'release'))
      {
        using _ = object.hold()
        equal(order.getNowait(), 'other leaves')
      }
      call.result()
      equal(isHeld(), false)
    })

    onMain(
      'is held on main too, which waits without blocking',
      ['lock.using', 'all.async'],
      async (scene) => {
        const { object, isHeld } = make()
        const other = scene.actor()
        await other.callAsync(object as Lock, 'acquire')
        const holding = object.holdAsync()
        await other.callAsync(object as Lock, 'release')
        {
          using _ = await holding
          equal(isHeld(), true)
        }
        equal(isHeld(), false)
      },
    )
  })

const rlockSuite = suite('RLock', ({ onThread, onMain }) => {
  onThread(
    "counts its owner's acquisitions, and is free after as many releases",
    ['rlock.count'],
    (scene) => {
      const lock = new RLock()
      const other = scene.actor()
      for (let depth = 0; depth < 3; depth++) equal(lock.acquire(depth % 2 === 0), true)
      equal(lock.acquire(true, 0), true)
      for (let depth = 0; depth < 3; depth++) {
        lock.release()
        equal(lock.locked(), true)
        equal(other.call(lock, 'acquire', false), false)
      }
      lock.release()
      equal(lock.locked(), false)
      throws(RuntimeError, () => lock.release())
      equal(other.call(lock, 'acquire', false), true)
    },
  )

  onThread('refuses wrong arguments even from its owner, and does not count them', ['lock.arguments'], () => {
    const lock = new RLock()
    lock.acquire()
    throws(ValueError, () => lock.acquire(false, 1))
    throws(ValueError, () => lock.acquire(true, -2))
    lock.release()
    equal(lock.locked(), false)
  })

  onMain('counts on main', ['rlock.count', 'all.async'], async (scene) => {
    const lock = new RLock()
    equal(await lock.acquireAsync(), true)
    equal(await lock.acquireAsync(0), true)
    lock.release()
    equal(await scene.actor().callAsync(lock, 'acquire', false), false)
    lock.release()
    equal(lock.locked(), false)
  })
})

const plainLockSuite = suite('Lock', ({ onThread }) => {
  onThread('cannot be acquired again by its owner', ['lock.acquire'], () => {
    const lock = new Lock()
    lock.acquire()
    equal(lock.acquire(false), false)
    equal(lock.acquire(true, 1), false)
    lock.release()
    equal(lock.locked(), false)
  })
})

/** Anything that lets one thread in. */
interface Door {
  acquire(): boolean
  release(): void
}

export function addWithLock(lock: Door, cell: SharedMemory, times: number): void {
  for (let done = 0; done < times; done++) {
    lock.acquire()
    addOne(cell)
    lock.release()
  }
}

function addOne(cell: SharedMemory): void {
  cell.int32[0] = (cell.int32[0] ?? 0) + 1
}

defineTargets({ addWithLock })

const holdable = (title: string, makeObject: () => Lock | RLock | Condition | Semaphore): Suite =>
  usingSuite(title, () => {
    const object = makeObject()
    const isHeld = () => {
      if (object instanceof Semaphore) return object.value === 0
      return object instanceof Condition ? object.lock.locked() : object.locked()
    }
    return { object, isHeld }
  })

export const lockSuites: readonly Suite[] = [
  lockSuite('Lock and RLock: Lock', (options) => new Lock(options)),
  lockSuite('Lock and RLock: RLock', (options) => new RLock(options)),
  plainLockSuite,
  rlockSuite,
  holdable('Lock', () => new Lock()),
  holdable('RLock', () => new RLock()),
  holdable('Condition', () => new Condition()),
  holdable('Semaphore', () => new Semaphore()),
  holdable('BoundedSemaphore', () => new BoundedSemaphore()),
]
