import {
  defineTargets,
  Empty,
  Full,
  LifoQueue,
  PriorityQueue,
  Queue,
  ShutDown,
  ValueError,
} from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { pause, waitersOf } from '../observe.ts'
import { kinds, type MakeQueue } from './queue-kinds.ts'

const detailSuite = (kind: string, make: MakeQueue): Suite =>
  suite(`${kind}: details`, ({ onThread, onMain }) => {
    onThread('takes any negative bound for none', ['queue.bound', 'all.numbers'], () => {
      for (const maxSize of [-1, -(2 ** 31)]) {
        const queue = make({ maxSize })
        queue.putNowait(1)
        equal([queue.full(), queue.qsize()], [false, 1])
      }
    })

    onThread('refuses a bound of another type', ['queue.bound', 'all.numbers'], () => {
      for (const maxSize of ['2', {}, true, [], 2n, Number.POSITIVE_INFINITY, 0.5])
        throws(TypeError, () => make({ maxSize: maxSize as number }))
    })

    onThread('ignores any timeout without blocking, whatever its type', ['queue.nonblocking'], () => {
      const queue = make({ maxSize: 1 })
      for (const timeout of [Number.NaN, '5', null, -1, {}] as number[]) {
        throws(Empty, () => queue.get(false, timeout))
        queue.put(1, false, timeout)
        throws(Full, () => queue.put(2, false, timeout))
        equal(queue.get(false, timeout), 1)
      }
    })

    onThread('takes any falsy value for not blocking', ['queue.nonblocking'], () => {
      const queue = make({ maxSize: 1 })
      for (const block of [0, '', null] as unknown as boolean[]) {
        throws(Empty, () => queue.get(block))
        queue.put(1, block)
        throws(Full, () => queue.put(2, block))
        equal(queue.get(1 as unknown as boolean), 1)
      }
    })

    onThread('fills and empties again and again', ['queue.size', 'queue.order'], () => {
      const queue = make({ maxSize: 5 })
      for (let round = 0; round < 50; round++) {
        for (let item = 0; item < 5; item++) queue.putNowait(item)
        throws(Full, () => queue.putNowait(5))
        const got = [1, 2, 3, 4, 5].map(() => queue.getNowait())
        equal([...got].sort(), [0, 1, 2, 3, 4])
        throws(Empty, () => queue.getNowait())
      }
      equal(queue.unfinished, 250)
    })

    onThread('grows to many items and shrinks to none', ['queue.size', 'queue.order'], () => {
      const queue = make()
      for (let item = 0; item < 3000; item++) queue.put(item)
      equal(queue.qsize(), 3000)
      let sum = 0
      for (let left = 3000; left > 0; left--) sum += queue.get()
      equal([sum, queue.qsize(), queue.empty()], [(2999 * 3000) / 2, 0, true])
    })

    onThread('taskDone may come before get', ['queue.taskDone'], () => {
      const queue = make()
      queue.put(1)
      queue.taskDone()
      equal([queue.unfinished, queue.qsize()], [0, 1])
      throws(ValueError, () => queue.taskDone())
      equal(queue.get(), 1)
      queue.join()
    })

    onThread('wakes all that join, once nothing is unfinished', ['queue.join'], (scene) => {
      const queue = make()
      queue.put(1)
      const calls = scene
        .actors('a', 'b', 'c')
        .map((joiner) => joiner.startCall(queue, 'join').untilWaiting())
      queue.put(2)
      queue.get()
      queue.taskDone()
      queue.get()
      equal(waitersOf(queue).length, 3)
      queue.taskDone()
      for (const call of calls) call.result()
    })

    onThread('can be joined again after more items', ['queue.join'], (scene) => {
      const queue = make()
      for (let round = 0; round < 3; round++) {
        queue.put(round)
        const call = scene.actor().startCall(queue, 'join').untilWaiting()
        queue.get()
        queue.taskDone()
        call.result()
      }
      equal(queue.unfinished, 0)
    })

    onThread('a put that is refused counts as no task', ['queue.refused', 'queue.join'], () => {
      const queue = make({ maxSize: 1 })
      queue.put(1)
      throws(Full, () => queue.put(2, true, 1))
      throws(ValueError, () => queue.put(2, true, -1))
      queue.shutdown()
      throws(ShutDown, () => queue.put(2))
      queue.get()
      queue.taskDone()
      queue.join()
      throws(ValueError, () => queue.taskDone())
    })

    onThread('still takes taskDone and join after its shutdown', ['shutdown.get', 'queue.join'], (scene) => {
      const queue = make()
      queue.put(1)
      queue.put(2)
      queue.shutdown()
      const call = scene.actor().startCall(queue, 'join').untilWaiting()
      for (let count = 0; count < 2; count++) {
        queue.get()
        queue.taskDone()
      }
      call.result()
      throws(ShutDown, () => queue.get(false))
      throws(ValueError, () => queue.taskDone())
    })

    onThread(
      'an empty one that is shut down throws before a negative timeout does',
      ['shutdown.get', 'queue.negative'],
      () => {
        const queue = make()
        queue.put(1)
        queue.shutdown()
        throws(ValueError, () => queue.get(true, -1))
        equal(queue.get(), 1)
        throws(ShutDown, () => queue.get(true, -1))
        throws(ShutDown, () => queue.get(true, 0))
        throws(ShutDown, () => queue.get(false, -1))
      },
    )

    onThread('tells its sizes after a shutdown as before', ['shutdown.get', 'queue.size'], () => {
      const queue = make({ maxSize: 2 })
      queue.put(1)
      queue.put(2)
      queue.shutdown()
      equal(
        [queue.qsize(), queue.full(), queue.empty(), queue.maxSize, queue.unfinished],
        [2, true, false, 2, 2],
      )
      queue.shutdown(true)
      equal(
        [queue.qsize(), queue.full(), queue.empty(), queue.maxSize, queue.unfinished],
        [0, false, true, 2, 0],
      )
    })

    onThread(
      'a shutdown of an empty queue wakes its getters, not its joiners of nothing',
      ['shutdown.get'],
      (scene) => {
        const queue = make()
        const getter = scene.actor().startCall(queue, 'get', true, 60_000).untilWaiting()
        queue.shutdown(true)
        throws(ShutDown, () => getter.result())
        queue.join()
      },
    )

    onThread('an item goes to a getter that waits, before one that comes later', ['queue.block'], (scene) => {
      const queue = make()
      const [early, late] = [scene.actor(), scene.actor()]
      const first = early.startCall(queue, 'get').untilWaiting()
      queue.put(1)
      equal(first.result(), 1)
      const second = late.startCall(queue, 'get').untilWaiting()
      queue.put(2)
      equal(second.result(), 2)
    })

    onThread('an item that is put at the last moment of a timeout is not lost', ['queue.block'], (scene) => {
      const queue = make()
      const getter = scene.actor()
      let got = 0
      for (let round = 0; round < 20; round++) {
        const call = getter.startCall(queue, 'get', true, 2)
        pause(1.5 + (round % 10) / 10)
        queue.put(round)
        try {
          equal(call.result(), round)
          got++
        } catch (error) {
          if (!(error instanceof Empty)) throw error
          equal(queue.getNowait(), round)
        }
      }
      equal(queue.qsize(), 0, `what is left after ${got} waits that got their item`)
    })

    onThread('is refused to be disposed of while a thread waits', ['all.disposed'], (scene) => {
      const queue = make({ name: 'busy' })
      const call = scene.actor().startCall(queue, 'get').untilWaiting()
      throws(Error, () => queue.dispose(), /busy is in use/)
      queue.put(1)
      equal(call.result(), 1)
      queue.dispose()
    })

    onMain('refuses and counts the same on main', ['queue.block', 'queue.join', 'all.async'], async () => {
      const queue = make({ maxSize: 1 })
      await rejects(Empty, queue.getAsync(0))
      await rejects(Empty, queue.getAsync(3))
      await queue.putAsync(1)
      await rejects(Full, queue.putAsync(2, 0))
      await rejects(Full, queue.putAsync(2, 3))
      const joining = queue.joinAsync()
      equal([await queue.getAsync(), queue.unfinished], [1, 1])
      queue.taskDone()
      await joining
      await queue.joinAsync()
      throws(ValueError, () => queue.taskDone())
      queue.shutdown()
      await rejects(ShutDown, queue.putAsync(1, 0))
      await rejects(ShutDown, queue.putAsync(1, -1))
      await rejects(ShutDown, queue.getAsync(0))
      await rejects(ShutDown, queue.getAsync(-1))
      await queue.joinAsync()
    })

    onMain(
      'serves main and workers that wait in their order',
      ['queue.block', 'all.pairs'],
      async (scene) => {
        const queue = make()
        const mine = queue.getAsync()
        const call = await scene.actor().startCall(queue, 'get').untilWaitingAsync()
        const last = queue.getAsync()
        for (const item of [1, 2, 3]) {
          queue.put(item)
          if (item === 1) equal(await mine, 1)
          else equal(item === 2 ? await call.resultAsync() : await last, item)
        }
      },
    )
  })

const lifoSuite = suite('LifoQueue: its order', ({ onThread }) => {
  onThread('is last in, first out, also when puts and gets alternate', ['queue.order'], () => {
    const queue = new LifoQueue<number>()
    for (const item of [1, 2, 3]) queue.put(item)
    equal(queue.get(), 3)
    queue.put(4)
    queue.put(5)
    equal([queue.get(), queue.get(), queue.get(), queue.get()], [5, 4, 2, 1])
  })

  onThread('is the same for a bounded one whose putter waits', ['queue.order', 'queue.block'], (scene) => {
    const queue = new LifoQueue<number>({ maxSize: 2 })
    queue.put(1)
    queue.put(2)
    const call = scene.actor().startCall(queue, 'put', 3).untilWaiting()
    equal(queue.get(), 2)
    call.result()
    equal([queue.get(), queue.get()], [3, 1])
  })
})

type Entry = [number, string]

const prioritySuite = suite('PriorityQueue: its order', ({ onThread }) => {
  onThread('is by priority and then by arrival, for many items', ['queue.order', 'queue.ties'], () => {
    const queue = new PriorityQueue<Entry>()
    const entries: Entry[] = []
    for (let count = 0; count < 500; count++) entries.push([(count * 7919) % 10, `number ${count}`])
    for (const entry of entries) queue.put(entry)
    const sorted = [...entries].sort(([one], [other]) => one - other)
    equal(
      entries.map(() => queue.get()),
      sorted,
    )
  })

  onThread('keeps ties in order when puts and gets alternate', ['queue.ties'], () => {
    const queue = new PriorityQueue<Entry>()
    queue.put([1, 'a'])
    queue.put([1, 'b'])
    equal(queue.get(), [1, 'a'])
    queue.put([1, 'c'])
    queue.put([0, 'first'])
    queue.put([1, 'd'])
    equal(
      [queue.get(), queue.get(), queue.get(), queue.get()],
      [
        [0, 'first'],
        [1, 'b'],
        [1, 'c'],
        [1, 'd'],
      ],
    )
  })

  onThread('is the same for one priority only', ['queue.ties'], () => {
    const queue = new PriorityQueue<Entry>()
    for (let count = 0; count < 200; count++) queue.put([5, String(count)])
    for (let count = 0; count < 200; count++) equal(queue.get(), [5, String(count)])
  })

  onThread('has fractions, negative and endless priorities', ['queue.order'], () => {
    const queue = new PriorityQueue<number>()
    const numbers = [0.5, -1, Infinity, 2 ** 53, -Infinity, 0, 1e-300, -0.25]
    for (const number of numbers) queue.put(number)
    equal(
      numbers.map(() => queue.get()),
      [...numbers].sort((one, other) => one - other),
    )
  })

  onThread('takes 0 and −0 for equal', ['queue.ties'], () => {
    const queue = new PriorityQueue<Entry>()
    queue.put([0, 'a'])
    queue.put([-0, 'b'])
    queue.put([0, 'c'])
    equal([queue.get()[1], queue.get()[1], queue.get()[1]], ['a', 'b', 'c'])
  })

  onThread('compares nothing but the priority', ['queue.ties'], () => {
    const queue = new PriorityQueue<readonly [number, ...unknown[]]>()
    queue.put([1, { b: 1 }])
    queue.put([1, { a: 1 }])
    queue.put([1])
    equal([queue.get(), queue.get(), queue.get()], [[1, { b: 1 }], [1, { a: 1 }], [1]])
  })

  onThread('refuses an item without a priority, and is as it was', ['queue.refused'], () => {
    const queue = new PriorityQueue()
    queue.put(1)
    for (const item of ['1', null, undefined, {}, [], ['1', 2], [Number.NaN], Number.NaN, [[1]], true])
      throws(TypeError, () => queue.put(item as number))
    equal([queue.qsize(), queue.unfinished, queue.get()], [1, 1, 1])
  })

  onThread('is kept for producers on several threads', ['queue.order', 'all.pairs'], (scene) => {
    const queue = new PriorityQueue<number>()
    const threads = [0, 1, 2].map((offset) => scene.start(putEveryThird, [queue, offset, 200]))
    for (const thread of threads) thread.join()
    equal(
      Array.from({ length: 600 }, () => queue.get()),
      Array.from({ length: 600 }, (_, number) => number),
    )
  })

  onThread('has the putter who waits put in its turn', ['queue.block', 'queue.order'], (scene) => {
    const queue = new PriorityQueue<number>({ maxSize: 1 })
    const order = new Queue<string>()
    queue.put(5)
    const call = scene
      .actor()
      .run(step(queue, 'put', 1), step(order, 'put', 'put'))
      .untilWaiting(queue)
    equal(queue.get(), 5)
    call.result()
    equal([queue.get(), order.getNowait()], [1, 'put'])
  })
})

/** Puts number 3n + offset for each n, the highest first. */
export function putEveryThird(queue: Queue<number>, offset: number, count: number): void {
  for (let index = count - 1; index >= 0; index--) queue.put(index * 3 + offset)
}

defineTargets({ putEveryThird })

export const queueDetailSuites: readonly Suite[] = [
  ...kinds.map(([kind, make]) => detailSuite(kind, make)),
  lifoSuite,
  prioritySuite,
]
