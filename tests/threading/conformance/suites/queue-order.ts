import { LifoQueue, PriorityQueue, Queue } from '@skein/threading'
import { equal, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'

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
    equal(scene.actor().call(queue, 'get'), 199)
    equal(drain(queue), [
      ...numbers(99)
        .map((item) => 100 + item)
        .reverse(),
      2,
      1,
      0,
    ])
  })

  onThread(
    'is the lowest priority first in a PriorityQueue, also while it grows',
    ['queue.order'],
    (scene) => {
      const queue = new PriorityQueue<number>()
      // A full cycle through 0 … 256, out of order.
      const items = numbers(257).map((index) => (index * 101) % 257)
      for (const item of items) queue.put(item)
      equal(scene.actor().call(queue, 'get'), 0)
      equal(drain(queue), numbers(257).slice(1))
    },
  )

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
    equal(
      drain(queue).map(([, letter]) => letter),
      expected,
    )
  })

  onThread(
    'of equal priorities is that of their arrival, whatever comes and goes between',
    ['queue.ties'],
    () => {
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
    },
  )

  onThread(
    'of a PriorityQueue is about the first element of a list, and carries the rest along',
    ['queue.order'],
    () => {
      const queue = new PriorityQueue<readonly [number, ...unknown[]]>()
      queue.put([2, { kind: 'later' }])
      queue.put([1, 'sooner', null])
      queue.put([1.5])
      equal(drain(queue), [[1, 'sooner', null], [1.5], [2, { kind: 'later' }]])
    },
  )

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
      const call = getter.startCall(queue, 'get').untilWaiting()
      queue.put(5)
      equal(call.result(), 5)
    }
  })
})

export const queueOrderSuites: readonly Suite[] = [orderSuite]
