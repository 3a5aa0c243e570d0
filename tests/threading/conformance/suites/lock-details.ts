import {
  BoundedSemaphore,
  Cell,
  Condition,
  Event,
  Lock,
  RLock,
  RuntimeError,
  Semaphore,
  ValueError,
} from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { objectView, pause, waitersOf } from '../observe.ts'

const lockSuite = (title: string, make: () => Lock | RLock): Suite =>
  suite(`${title}: details`, ({ onThread, onMain }) => {
    onThread('takes any truthy value for blocking', ['lock.arguments'], (scene) => {
      const lock = make()
      const other = scene.actor()
      equal(other.call(lock, 'acquire', 1 as unknown as boolean), true)
      equal(lock.acquire(0 as unknown as boolean), false)
      equal(other.call(lock, 'release'), undefined)
      equal(lock.acquire('yes' as unknown as boolean), true)
    })

    onThread('says in its error which lock is not held', ['lock.unlocked'], () => {
      throws(RuntimeError, () => make().release(), /not held/)
    })

    onThread('has no owner while it is free, and its holder as owner', ['lock.locked'], (scene) => {
      const lock = make()
      const other = scene.actor()
      equal([lock.owner, objectView(lock)?.holder], [0, undefined])
      other.call(lock, 'acquire')
      equal([lock.owner, objectView(lock)?.holder], [other.ident, other.ident])
      other.call(lock, 'release')
      equal([lock.owner, objectView(lock)?.holder], [0, undefined])
    })

    onThread('is not given up by a thread that times out', ['lock.acquire'], (scene) => {
      const lock = make()
      lock.acquire()
      const calls = scene.actors('a', 'b', 'c').map((actor) => actor.startCall(lock, 'acquire', true, 3))
      for (const call of calls) equal(call.result(), false)
      equal([lock.locked(), waitersOf(lock)], [true, []])
      lock.release()
      equal(lock.locked(), false)
    })

    onThread('is released by the end of its owner, and marked', ['death.held'], (scene) => {
      const lock = make()
      const owner = scene.actor()
      owner.call(lock, 'acquire')
      owner.stop()
      owner.thread.join()
      equal([lock.acquire(true, 1000), lock.ownerDied], [true, true])
      lock.markConsistent()
      equal(lock.ownerDied, false)
      lock.release()
    })

    onThread('cannot be marked consistent by a thread that does not hold it', ['death.repair'], (scene) => {
      const lock = make()
      throws(RuntimeError, () => lock.markConsistent())
      scene.actor().call(lock, 'acquire')
      throws(RuntimeError, () => lock.markConsistent())
    })

    onThread('can be acquired and released ten thousand times', ['lock.acquire'], () => {
      const lock = make()
      for (let count = 0; count < 10_000; count++) {
        lock.acquire()
        lock.release()
      }
      equal(lock.locked(), false)
    })

    onThread('is refused to be disposed of while it is held or awaited', ['all.disposed'], (scene) => {
      const lock = make()
      lock.acquire()
      throws(RuntimeError, () => lock.dispose(), /in use/)
      const call = scene.actor().startCall(lock, 'acquire').untilWaiting()
      throws(RuntimeError, () => lock.dispose(), /in use/)
      lock.release()
      equal(call.result(), true)
      throws(RuntimeError, () => lock.dispose(), /in use/)
    })

    onMain(
      'keeps an asynchronous waiter and a blocked one in their order',
      ['lock.handoff', 'all.pairs'],
      async (scene) => {
        const lock = make()
        const [holder, blocked] = [scene.actor(), scene.actor()]
        await holder.callAsync(lock, 'acquire')
        const mine = lock.acquireAsync()
        const call = await blocked.startCall(lock, 'acquire').untilWaitingAsync()
        equal(waitersOf(lock), [1, blocked.ident])
        await new Promise((resolve) => setTimeout(resolve, 3))
        await holder.callAsync(lock, 'release')
        equal([await mine, lock.owner], [true, 1])
        lock.release()
        equal(await call.resultAsync(), true)
      },
    )
  })

const rlockSuite = suite('RLock: its depth', ({ onThread, onMain }) => {
  onThread('may be a thousand', ['rlock.count'], (scene) => {
    const lock = new RLock()
    for (let depth = 0; depth < 1000; depth++) equal(lock.acquire(depth % 2 === 0), true)
    for (let depth = 0; depth < 999; depth++) lock.release()
    equal(scene.actor().call(lock, 'acquire', false), false)
    lock.release()
    equal(scene.actor().call(lock, 'acquire', false), true)
  })

  onThread('is not changed by the acquire of another that times out', ['rlock.count'], (scene) => {
    const lock = new RLock()
    const other = scene.actor()
    lock.acquire()
    lock.acquire()
    for (const timeout of [0, 2]) equal(other.call(lock, 'acquire', true, timeout), false)
    throws(RuntimeError, () => other.call(lock, 'release'))
    lock.release()
    equal(lock.locked(), true)
    lock.release()
    equal(lock.locked(), false)
  })

  onThread('is counted by using blocks inside each other', ['rlock.count', 'lock.using'], () => {
    const lock = new RLock()
    {
      using _outer = lock.hold()
      {
        using _inner = lock.hold()
        equal(lock.locked(), true)
      }
      equal(lock.locked(), true)
    }
    equal(lock.locked(), false)
  })

  onMain('is of the thread, not of the asynchronous function', ['rlock.count', 'all.async'], async () => {
    const lock = new RLock()
    await Promise.all([lock.acquireAsync(), lock.acquireAsync()])
    lock.release()
    equal(lock.owner, 1)
    lock.release()
    equal(lock.owner, 0)
    throws(RuntimeError, () => lock.release())
  })
})

const conditionSuite = suite('Condition: details', ({ onThread, onMain }) => {
  onThread('refuses a lock that is none', ['condition.lock'], () => {
    for (const lock of [5, 'lock', {}, new Semaphore(), new Event()])
      throws(TypeError, () => new Condition({ lock: lock as unknown as Lock }))
  })

  onThread('refuses a lock that was disposed of', ['condition.lock', 'all.disposed'], () => {
    for (const lock of [new Lock(), new RLock()]) {
      lock.dispose()
      throws(RuntimeError, () => new Condition({ lock }), /disposed/)
    }
  })

  onThread(
    'leaves a lock that it was given when it is disposed of',
    ['condition.lock', 'all.disposed'],
    () => {
      const lock = new Lock()
      const condition = new Condition({ lock })
      condition.dispose()
      equal([lock.acquire(), lock.locked()], [true, true])
      lock.release()
    },
  )

  onThread('disposes of its own lock', ['condition.lock', 'all.disposed'], () => {
    const condition = new Condition()
    const { lock } = condition
    condition.dispose()
    throws(RuntimeError, () => lock.acquire(), /disposed/)
  })

  onThread('notify without a waiter is not kept for a later one', ['condition.unasked'], () => {
    const condition = new Condition()
    condition.acquire()
    condition.notify()
    condition.notifyAll()
    condition.notify(5)
    equal(condition.wait(3), false)
    condition.release()
  })

  onThread('notify wakes as many as it is given, the oldest first', ['condition.order'], (scene) => {
    const condition = new Condition()
    const waiters = scene.actors('a', 'b', 'c', 'd')
    const calls = waiters.map((waiter) =>
      waiter
        .run(step(condition, 'acquire'), step(condition, 'wait'), step(condition, 'release'))
        .untilWaiting(condition),
    )
    condition.acquire()
    condition.notify(3)
    equal(waitersOf(condition), [waiters[3]?.ident])
    condition.notify(3)
    equal(waitersOf(condition), [])
    condition.release()
    for (const call of calls) equal(call.values()[1], true)
  })

  onThread(
    'wait gives the lock back after the error of a predicate',
    ['condition.back', 'condition.waitFor'],
    () => {
      const condition = new Condition()
      condition.acquire()
      throws(RangeError, () =>
        condition.waitFor(() => {
          throw new RangeError('in the predicate')
        }),
      )
      equal(condition.lock.locked(), true)
      condition.release()
    },
  )

  onThread(
    'waitFor without the lock throws when it would wait',
    ['condition.held', 'condition.waitFor'],
    () => {
      const condition = new Condition()
      throws(RuntimeError, () => condition.waitFor(() => false, 5))
      equal(condition.lock.locked(), false)
    },
  )

  onThread(
    'waitFor with a timeout of 0 or less asks once',
    ['condition.waitFor', 'condition.timeout'],
    () => {
      const condition = new Condition()
      condition.acquire()
      for (const timeout of [0, -1, -Infinity]) {
        let asked = 0
        equal(
          condition.waitFor(() => ++asked > 100, timeout),
          false,
        )
        equal(asked, 1)
      }
      condition.release()
    },
  )

  onThread('waitFor refuses a timeout that is no number', ['condition.waitFor', 'all.numbers'], () => {
    const condition = new Condition()
    condition.acquire()
    for (const timeout of [Number.NaN, '5', null]) {
      let asked = 0
      throws(TypeError, () => condition.waitFor(() => ++asked, timeout as number))
      equal(asked, 0)
    }
    condition.release()
  })

  onThread('the lock of a waiter can be acquired and released by others', ['condition.depth'], (scene) => {
    const condition = new Condition({ lock: new RLock() })
    const waiter = scene.actor()
    const steps = [step(condition, 'acquire'), step(condition, 'acquire'), step(condition, 'wait', 5000)]
    const call = waiter
      .run(...steps, step(condition, 'release'), step(condition, 'release'))
      .untilWaiting(condition)
    for (let count = 0; count < 5; count++) {
      condition.acquire()
      condition.release()
    }
    condition.acquire()
    condition.notify()
    pause(2)
    equal(condition.lock.owner === waiter.ident, false)
    condition.release()
    equal(call.values()[2], true)
    equal(condition.lock.owner, 0)
  })

  onMain('waitAsync without the lock is refused as a promise', ['condition.held', 'all.async'], async () => {
    const condition = new Condition()
    await rejects(RuntimeError, condition.waitAsync())
    await rejects(RuntimeError, condition.waitAsync(0))
    await rejects(
      RuntimeError,
      condition.waitForAsync(() => false, 5),
    )
    throws(RuntimeError, () => condition.notify())
    throws(RuntimeError, () => condition.notifyAll())
  })
})

const semaphoreSuite = (title: string, make: (value?: number) => Semaphore): Suite =>
  suite(`${title}: details`, ({ onThread, onMain }) => {
    onThread('begins with one permit, or with what it is given', ['semaphore.permits'], () => {
      equal([make().value, make(0).value, make(7).value], [1, 0, 7])
      equal(make(0).acquire(false), false)
    })

    onThread('gives its permits one by one, and none below 0', ['semaphore.permits'], (scene) => {
      const semaphore = make(3)
      const other = scene.actor()
      equal(
        [semaphore.acquire(), other.call(semaphore, 'acquire'), semaphore.acquire(false)],
        [true, true, true],
      )
      equal(
        [semaphore.acquire(false), other.call(semaphore, 'acquire', true, 0), semaphore.value],
        [false, false, 0],
      )
      equal(semaphore.acquire(true, 3), false)
      semaphore.release()
      equal(semaphore.value, 1)
    })

    onThread('refuses any timeout without blocking', ['semaphore.arguments'], () => {
      const semaphore = make()
      for (const timeout of [0, 1, -1, Infinity]) throws(ValueError, () => semaphore.acquire(false, timeout))
      equal(semaphore.value, 1)
    })

    onThread('may be released by a thread that did not acquire it', ['semaphore.release'], (scene) => {
      const semaphore = make(2)
      semaphore.acquire()
      scene.actor().call(semaphore, 'release')
      equal(semaphore.value, 2)
    })

    onThread(
      'refuses to release less than one permit, or a fraction',
      ['semaphore.release', 'all.numbers'],
      () => {
        const semaphore = make(2)
        semaphore.acquire()
        for (const count of [0, -1, -5]) throws(ValueError, () => semaphore.release(count))
        for (const count of [0.5, Number.NaN, '1', null, Infinity])
          throws(TypeError, () => semaphore.release(count as number))
        equal(semaphore.value, 1)
      },
    )

    onThread(
      'refuses a value that is no whole number, or below 0',
      ['semaphore.initial', 'all.numbers'],
      () => {
        for (const value of [-1, -(2 ** 31)]) throws(ValueError, () => make(value))
        for (const value of [0.5, Number.NaN, '1', {}]) throws(TypeError, () => make(value as number))
      },
    )

    onThread('refuses a value that does not fit 32 bits', ['semaphore.initial', 'all.numbers'], () => {
      for (const value of [2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53]) throws(ValueError, () => make(value))
      equal(make(2 ** 31 - 1).value, 2 ** 31 - 1)
    })

    onThread(
      'refuses to release more than 32 bits hold, and is unchanged',
      ['semaphore.release', 'all.numbers'],
      () => {
        const semaphore = make(2 ** 31 - 1)
        for (const count of [1, 2, 2 ** 31 - 1]) throws(ValueError, () => semaphore.release(count))
        for (const count of [2 ** 31, 2 ** 32, 2 ** 32 + 1, 2 ** 53])
          throws(ValueError, () => semaphore.release(count))
        equal(semaphore.value, 2 ** 31 - 1)
        semaphore.acquire()
        semaphore.release()
        equal(semaphore.value, 2 ** 31 - 1)
      },
    )

    onMain('gives permits on main and takes them back', ['semaphore.permits', 'all.async'], async (scene) => {
      const semaphore = make(1)
      equal(
        [await semaphore.acquireAsync(), await semaphore.acquireAsync(0), await semaphore.acquireAsync(2)],
        [true, false, false],
      )
      const call = await scene.actor().startCall(semaphore, 'acquire').untilWaitingAsync()
      semaphore.release()
      equal([await call.resultAsync(), semaphore.value], [true, 0])
    })
  })

const cellSuite = suite('Cell: its number', ({ onThread }) => {
  onThread('is any that fits 32 bits', ['all.numbers'], (scene) => {
    const cell = new Cell()
    const other = scene.actor()
    for (const value of [0, -0, 1, -1, 2 ** 31 - 1, -(2 ** 31)]) {
      cell.value = value
      equal(other.call(cell, 'value') + 0, value + 0)
    }
  })

  onThread('is refused with a ValueError when it does not fit, and stays', ['all.numbers'], () => {
    const cell = new Cell({ value: 5 })
    for (const value of [2 ** 31, -(2 ** 31) - 1, 2 ** 32, 2 ** 53]) {
      throws(ValueError, () => new Cell({ value }))
      throws(ValueError, () => {
        cell.value = value
      })
    }
    equal(cell.value, 5)
  })

  onThread('is refused with a TypeError when it is no whole number, and stays', ['all.numbers'], () => {
    const cell = new Cell({ value: 5 })
    for (const value of [0.5, Number.NaN, Infinity, '1', true, {}] as number[]) {
      throws(TypeError, () => new Cell({ value }))
      throws(TypeError, () => {
        cell.value = value
      })
    }
    equal(cell.value, 5)
  })
})

export const lockDetailSuites: readonly Suite[] = [
  lockSuite('Lock', () => new Lock()),
  lockSuite('RLock', () => new RLock()),
  rlockSuite,
  conditionSuite,
  semaphoreSuite('Semaphore', (value) => new Semaphore(value === undefined ? {} : { value })),
  semaphoreSuite('BoundedSemaphore', (value) => new BoundedSemaphore(value === undefined ? {} : { value })),
  cellSuite,
]
