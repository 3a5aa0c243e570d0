import {
  defineTargets,
  Empty,
  Full,
  LifoQueue,
  PriorityQueue,
  Queue,
  ShutDown,
  ValueError,
} from '../../../../shared/threading/index.ts'
import type { QueueOptions } from '../../../../shared/threading/queue.ts'
import { step } from '../actor.ts'
import { type Suite, suite } from '../cases.ts'
import { equal, rejects, throws } from '../check.ts'
import { waitersOf } from '../look.ts'

type MakeQueue = (options?: QueueOptions) => Queue<number>

const blockingSuite = (kind: string, make: MakeQueue): Suite =>
  suite(kind, ({ onThread, onMain }) => {
    onThread('without a bound never blocks a put', ['queue.bound'], () => {
      for (const queue of [make(), make({ maxSize: 0 }), make({ maxSize: -3 })]) {
        equal(queue.maxSize, 0)
        for (let item = 0; item < 100; item++) queue.put(item, false)
        equal([queue.qsize(), queue.full()], [100, false])
      }
    })

    onThread('refuses a bound that is no whole number', ['queue.bound'], () => {
      for (const maxSize of [Number.NaN, 1.5, '2' as unknown as number]) throws(TypeError, () => make({ maxSize }))
    })

    onThread('tells its size, and whether it is empty or full', ['queue.size'], (scene) => {
      const queue = make({ maxSize: 2 })
      const other = scene.actor()
      const look = () => [queue.qsize(), queue.empty(), queue.full()]
      equal(look(), [0, true, false])
      queue.put(1)
      equal(look(), [1, false, false])
      other.does(queue, 'put', 2)
      equal(look(), [2, false, true])
      other.does(queue, 'get')
      queue.get()
      equal(look(), [0, true, false])
    })

    onThread('is full at its bound: put throws Full at once or in time, and the queue stays as it was', ['queue.block', 'queue.nowait'], () => {
      const queue = make({ maxSize: 2, name: 'commands' })
      queue.putNowait(1)
      queue.put(2)
      throws(Full, () => queue.putNowait(3), /commands/)
      throws(Full, () => queue.put(3, false))
      throws(Full, () => queue.put(3, true, 0))
      throws(Full, () => queue.put(3, true, 2))
      equal([queue.qsize(), queue.unfinished], [2, 2])
    })

    onThread('is empty at first: get throws Empty at once or in time', ['queue.block', 'queue.nowait'], () => {
      const queue = make({ name: 'commands' })
      throws(Empty, () => queue.getNowait(), /commands/)
      throws(Empty, () => queue.get(false))
      throws(Empty, () => queue.get(true, 0))
      throws(Empty, () => queue.get(true, 2))
      queue.put(1)
      equal(queue.getNowait(), 1)
    })

    onThread('ignores the timeout without blocking', ['queue.nonblocking'], () => {
      const queue = make({ maxSize: 1 })
      for (const timeout of [-1, 5, 10_000]) throws(Empty, () => queue.get(false, timeout))
      queue.put(1)
      for (const timeout of [-1, 5, 10_000]) throws(Full, () => queue.put(2, false, timeout))
      equal(queue.get(false, -1), 1)
      queue.put(3, false, -1)
    })

    onThread('refuses a negative timeout of get always, and of put only when bounded', ['queue.negative'], () => {
      const [bounded, unbounded] = [make({ maxSize: 1 }), make()]
      for (const queue of [bounded, unbounded]) {
        throws(ValueError, () => queue.get(true, -1))
        queue.put(1)
        throws(ValueError, () => queue.get(true, -0.5))
        equal(queue.qsize(), 1)
        queue.get()
      }
      throws(ValueError, () => bounded.put(1, true, -1))
      equal(bounded.empty(), true)
      unbounded.put(1, true, -1)
      equal(unbounded.get(), 1)
    })

    onMain('refuses and ignores the same on main', ['queue.negative', 'all.async'], async () => {
      const [bounded, unbounded] = [make({ maxSize: 1 }), make()]
      await rejects(ValueError, bounded.getAsync(-1))
      await rejects(ValueError, unbounded.getAsync(-1))
      await rejects(ValueError, bounded.putAsync(1, -1))
      await unbounded.putAsync(1, -1)
      equal(await unbounded.getAsync(0), 1)
      await rejects(Empty, unbounded.getAsync(0))
      await bounded.putAsync(1)
      await rejects(Full, bounded.putAsync(1, 0))
    })

    onThread('refuses a timeout that is no number', ['queue.negative'], () => {
      const queue = make({ maxSize: 1 })
      throws(TypeError, () => queue.get(true, Number.NaN))
      throws(TypeError, () => queue.put(1, true, Number.NaN))
      equal(queue.empty(), true)
    })

    onThread('has the one who waits longest put first', ['queue.block'], (scene) => {
      const queue = make({ maxSize: 1 })
      queue.put(0)
      const calls = [1, 2, 3].map((item) => scene.actor().begins(queue, 'put', item).waits())
      for (const [index, call] of calls.entries()) {
        equal(queue.get(), index)
        call.result()
        equal(waitersOf(queue).length, 2 - index)
      }
      equal(queue.get(), 3)
    })

    onThread('passes every item of several producers to one of several consumers, once', ['queue.block', 'all.pairs'], (scene) => {
      for (const maxSize of [0, 1, 16]) {
        const queue = make({ maxSize })
        const sums = new Queue<[number, number]>()
        const each = 1000
        const producers = [0, 1, 2].map((index) => scene.start(produce, [queue, 1 + index * each, each]))
        const consumers = [0, 1, 2].map(() => scene.start(consume, [queue, sums]))
        for (const producer of producers) producer.join()
        queue.join()
        queue.shutdown()
        for (const consumer of consumers) consumer.join()
        const results = [sums.get(), sums.get(), sums.get()]
        equal(results.reduce((count, [more]) => count + more, 0), 3 * each)
        equal(results.reduce((sum, [, more]) => sum + more, 0), (3 * each * (3 * each + 1)) / 2)
      }
    })

    onMain('passes items between main and a worker, both ways', ['all.pairs', 'all.async'], async (scene) => {
      const [there, back] = [make({ maxSize: 2 }), make({ maxSize: 2 })]
      const echoer = scene.start(echo, [there, back])
      for (let item = 1; item <= 100; item++) {
        await there.putAsync(item)
        equal(await back.getAsync(), item)
      }
      there.shutdown()
      await echoer.joinAsync()
    })

    onMain('survives the death of the threads that wait at both ends', ['death.waiting'], async (scene) => {
      const queue = make({ maxSize: 1 })
      const [getter, putter] = [scene.actor(), scene.actor()]
      await getter.begins(queue, 'get').waitsAsync()
      await scene.kill(getter)
      await queue.putAsync(1)
      await putter.begins(queue, 'put', 2).waitsAsync()
      await scene.kill(putter)
      equal([await queue.getAsync(), queue.qsize(), queue.unfinished], [1, 0, 1])
      await queue.putAsync(3)
      equal(await queue.getAsync(), 3)
    })
  })

const countingSuite = (kind: string, make: MakeQueue): Suite =>
  suite(`${kind}: taskDone and join`, ({ onThread, onMain }) => {
    onThread('join does not wait while nothing is unfinished', ['queue.join'], () => {
      const queue = make()
      queue.join()
      queue.put(1)
      queue.get()
      queue.taskDone()
      queue.join()
    })

    onThread('join waits until taskDone was called for every item', ['queue.join'], (scene) => {
      const queue = make()
      queue.put(1)
      queue.put(2)
      const joiner = scene.actor()
      const call = joiner.begins(queue, 'join').waits()
      queue.get()
      queue.taskDone()
      queue.get()
      equal(queue.empty(), true)
      equal(waitersOf(queue), [joiner.ident])
      queue.put(3)
      queue.taskDone()
      equal(waitersOf(queue), [joiner.ident])
      queue.get()
      queue.taskDone()
      call.result()
      equal(queue.unfinished, 0)
    })

    onThread('taskDone more often than put is a ValueError, and the count stays', ['queue.taskDone'], () => {
      const queue = make({ name: 'commands' })
      throws(ValueError, () => queue.taskDone(), /commands/)
      equal(queue.unfinished, 0)
      queue.put(1)
      queue.taskDone()
      throws(ValueError, () => queue.taskDone())
      queue.put(2)
      equal(queue.unfinished, 1)
    })

    onMain('joinAsync waits for workers', ['queue.join', 'all.async'], async (scene) => {
      const queue = make()
      const sums = new Queue<[number, number]>()
      const consumer = scene.start(consume, [queue, sums])
      for (let item = 1; item <= 50; item++) queue.put(item)
      await queue.joinAsync()
      equal([queue.unfinished, queue.qsize()], [0, 0])
      queue.shutdown()
      await consumer.joinAsync()
      equal(await sums.getAsync(), [50, 1275])
    })
  })

const shutdownSuite = (kind: string, make: MakeQueue): Suite =>
  suite(`${kind}: shutdown`, ({ onThread, onMain }) => {
    onThread('put throws ShutDown at once, before Full and whatever its timeout', ['shutdown.put'], () => {
      const queue = make({ maxSize: 1, name: 'commands' })
      queue.put(1)
      queue.shutdown()
      throws(ShutDown, () => queue.put(2), /commands/)
      throws(ShutDown, () => queue.putNowait(2))
      throws(ShutDown, () => queue.put(2, true, 10))
      throws(ShutDown, () => queue.put(2, true, -1))
      equal([queue.qsize(), queue.unfinished], [1, 1])
    })

    onThread('get drains what is left, and then throws ShutDown whatever its timeout', ['shutdown.get'], () => {
      const queue = make()
      queue.put(1)
      queue.put(2)
      queue.shutdown()
      equal([queue.get(), queue.getNowait()].sort(), [1, 2])
      throws(ShutDown, () => queue.get())
      throws(ShutDown, () => queue.getNowait())
      throws(ShutDown, () => queue.get(true, 5))
      throws(ShutDown, () => queue.get(true, -1))
      queue.taskDone()
      queue.taskDone()
      queue.join()
    })

    onThread('ends the wait of every getter with ShutDown', ['shutdown.get'], (scene) => {
      const queue = make()
      const calls = scene.actors('a', 'b', 'c').map((getter) => getter.begins(queue, 'get').waits())
      queue.shutdown()
      for (const call of calls) throws(ShutDown, () => call.result())
    })

    onThread('ends the wait of every putter with ShutDown', ['shutdown.put'], (scene) => {
      const queue = make({ maxSize: 1 })
      queue.put(1)
      const calls = scene.actors('a', 'b').map((putter) => putter.begins(queue, 'put', 2, true, 10_000).waits())
      queue.shutdown()
      for (const call of calls) throws(ShutDown, () => call.result())
      equal([queue.get(), queue.unfinished], [1, 1])
    })

    onThread('does not end the wait of who joins: what is queued is still to be done', ['shutdown.get'], (scene) => {
      const queue = make()
      queue.put(1)
      const joiner = scene.actor()
      const call = joiner.begins(queue, 'join').waits()
      queue.shutdown()
      equal(waitersOf(queue), [joiner.ident])
      queue.get()
      queue.taskDone()
      call.result()
    })

    onThread('immediate drops what is queued, and wakes join', ['shutdown.immediate'], (scene) => {
      const queue = make()
      queue.put(1)
      queue.put(2)
      const call = scene.actor().begins(queue, 'join').waits()
      queue.shutdown(true)
      call.result()
      equal([queue.qsize(), queue.unfinished], [0, 0])
      throws(ShutDown, () => queue.get())
      throws(ShutDown, () => queue.put(1))
      throws(ValueError, () => queue.taskDone())
      queue.join()
    })

    onThread('immediate still counts what was got and is not done', ['shutdown.immediate'], (scene) => {
      const queue = make()
      for (const item of [1, 2, 3]) queue.put(item)
      queue.get()
      const joiner = scene.actor()
      const call = joiner.begins(queue, 'join').waits()
      queue.shutdown(true)
      equal([queue.qsize(), queue.unfinished], [0, 1])
      equal(waitersOf(queue), [joiner.ident])
      queue.taskDone()
      call.result()
    })

    onThread('immediate ends the waits of getters and putters', ['shutdown.immediate'], (scene) => {
      const [empty, full] = [make(), make({ maxSize: 1 })]
      full.put(1)
      const [getter, putter] = [scene.actor(), scene.actor()]
      const calls = [getter.begins(empty, 'get').waits(), putter.begins(full, 'put', 2).waits()]
      empty.shutdown(true)
      full.shutdown(true)
      for (const call of calls) throws(ShutDown, () => call.result())
      equal([full.qsize(), full.unfinished], [0, 0])
    })

    onThread('may be called again, and immediate after not', ['shutdown.immediate'], () => {
      const queue = make()
      queue.put(1)
      queue.shutdown()
      queue.shutdown()
      equal(queue.qsize(), 1)
      queue.shutdown(true)
      queue.shutdown()
      equal([queue.qsize(), queue.unfinished], [0, 0])
    })

    onMain('ends the waits of main too', ['shutdown.get', 'shutdown.put', 'all.async'], async (scene) => {
      const [empty, full] = [make(), make({ maxSize: 1 })]
      await full.putAsync(1)
      const [getting, putting] = [empty.getAsync(), full.putAsync(2)]
      scene.actor().runs(step(empty, 'shutdown'), step(full, 'shutdown'))
      await rejects(ShutDown, getting)
      await rejects(ShutDown, putting)
      await rejects(ShutDown, full.putAsync(2))
      equal(await full.getAsync(), 1)
      await rejects(ShutDown, full.getAsync())
    })
  })

const orderSuite = suite('The order of a queue', ({ onThread }) => {
  const numbers = (count: number) => Array.from({ length: count }, (_, index) => index)
  const drain = <Item>(queue: Queue<Item>) => Array.from({ length: queue.qsize() }, () => queue.get())

  onThread('is first in, first out, also while it grows', ['queue.order'], () => {
    const queue = new Queue<number>()
    for (const item of numbers(10)) queue.put(item)
    for (const item of numbers(7)) equal(queue.get(), item)
    for (const item of numbers(1000)) queue.put(10 + item)
    equal(drain(queue), numbers(1010).slice(7))
  })

  onThread('is the newest first in a LifoQueue, also while it grows', ['queue.order'], (scene) => {
    const queue = new LifoQueue<number>()
    for (const item of numbers(5)) queue.put(item)
    equal([queue.get(), queue.get()], [4, 3])
    for (const item of numbers(100)) queue.put(100 + item)
    equal(scene.actor().does(queue, 'get'), 199)
    equal(drain(queue), [...numbers(99).map((item) => 100 + item).reverse(), 2, 1, 0])
  })

  onThread('is the lowest priority first in a PriorityQueue, also while it grows', ['queue.order'], (scene) => {
    const queue = new PriorityQueue<number>()
    // A full cycle through 0 … 256, out of order.
    const items = numbers(257).map((index) => (index * 101) % 257)
    for (const item of items) queue.put(item)
    equal(scene.actor().does(queue, 'get'), 0)
    equal(drain(queue), numbers(257).slice(1))
  })

  onThread('of a PriorityQueue knows fractions, negative and endless numbers', ['queue.order'], () => {
    const queue = new PriorityQueue<number>()
    const items = [3.5, -2, Infinity, 0, -Infinity, 1e300, -0.1]
    for (const item of items) queue.put(item)
    equal(drain(queue), [-Infinity, -2, -0.1, 0, 3.5, 1e300, Infinity])
  })

  onThread('of equal priorities is that of their arrival', ['queue.ties'], () => {
    const queue = new PriorityQueue<[number, string]>()
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    for (const [index, letter] of letters.entries()) queue.put([index % 3, letter])
    const expected = [0, 1, 2].flatMap((priority) => letters.filter((_, index) => index % 3 === priority))
    equal(drain(queue).map(([, letter]) => letter), expected)
  })

  onThread('of equal priorities is that of their arrival, whatever comes and goes between', ['queue.ties'], () => {
    const queue = new PriorityQueue<[number, number]>()
    let arrival = 0
    const got: number[] = []
    for (let round = 0; round < 40; round++) {
      queue.put([1, arrival++])
      queue.put([1, arrival++])
      queue.put([0, -1])
      equal(queue.get(), [0, -1])
      got.push(queue.get()[1])
    }
    got.push(...drain(queue).map(([, number]) => number))
    equal(got, numbers(80))
  })

  onThread('of a PriorityQueue is about the first element of a list, and carries the rest along', ['queue.order'], () => {
    const queue = new PriorityQueue<readonly [number, ...unknown[]]>()
    queue.put([2, { kind: 'later' }])
    queue.put([1, 'sooner', null])
    queue.put([1.5])
    equal(drain(queue), [[1, 'sooner', null], [1.5], [2, { kind: 'later' }]])
  })

  onThread('has no place in a PriorityQueue for what has no priority', ['queue.refused'], () => {
    const queue = new PriorityQueue()
    queue.put(1)
    const items = ['1', undefined, null, {}, [], ['1', 1], Number.NaN, [Number.NaN]]
    for (const item of items) throws(TypeError, () => queue.put(item as unknown as number))
    equal([queue.qsize(), queue.unfinished, queue.get()], [1, 1, 1])
  })

  onThread('serves a getter that waits with what comes first', ['queue.order'], (scene) => {
    for (const queue of [new Queue<number>(), new LifoQueue<number>(), new PriorityQueue<number>()]) {
      const getter = scene.actor()
      const call = getter.begins(queue, 'get').waits()
      queue.put(5)
      equal(call.result(), 5)
    }
  })
})

export function produce(queue: Queue<number>, first: number, count: number): void {
  for (let item = first; item < first + count; item++) queue.put(item)
}

/** Tells how many items it got and their sum, when the queue is shut down. */
export function consume(queue: Queue<number>, sums: Queue<[number, number]>): void {
  let [count, sum] = [0, 0]
  try {
    for (;;) {
      sum += queue.get()
      count++
      queue.taskDone()
    }
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
    sums.put([count, sum])
  }
}

export function echo(there: Queue<number>, back: Queue<number>): void {
  try {
    for (;;) back.put(there.get())
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

defineTargets({ produce, consume, echo })

const kinds: readonly (readonly [string, MakeQueue])[] = [
  ['Queue', (options) => new Queue(options)],
  ['LifoQueue', (options) => new LifoQueue(options)],
  ['PriorityQueue', (options) => new PriorityQueue<number>(options)],
]

export const queueSuites: readonly Suite[] = [
  ...kinds.flatMap(([kind, make]) => [blockingSuite(kind, make), countingSuite(kind, make), shutdownSuite(kind, make)]),
  orderSuite,
]
