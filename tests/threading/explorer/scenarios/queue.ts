import { Empty, Full, ShutDown } from '../../../../shared/threading/src/core/errors.ts'
import { LifoQueue } from '../../../../shared/threading/src/primitives/lifo-queue.ts'
import { PriorityQueue } from '../../../../shared/threading/src/primitives/priority-queue.ts'
import { Queue } from '../../../../shared/threading/src/primitives/queue.ts'
import { blocksInUse } from '../engine/memory-probe.ts'
import { expect, type Run, type Scenario } from '../engine/scenario.ts'

type AnyQueue = Pick<Queue<number>, 'put' | 'get' | 'qsize' | 'taskDone' | 'join' | 'shutdown'>

const isIncreasing = (numbers: readonly number[]) =>
  numbers.every((one, place) => place === 0 || numbers[place - 1]! < one)

/** Items of two producers come out once each, those of one producer in their order where it is first in, first out. */
function flow(queue: AnyQueue, producers: number, consumers: number, each: number, inOrder: boolean): Run {
  const got: number[] = []
  const total = producers * each
  const produce = (producer: number) => () => {
    for (let made = 0; made < each; made++) queue.put(producer * 10 + made)
  }
  const consume = () => {
    const own: number[] = []
    for (let taken = 0; taken < total / consumers; taken++) own.push(queue.get())
    if (inOrder)
      for (const producer of [0, 1])
        expect(
          isIncreasing(own.filter((item) => Math.floor(item / 10) === producer)),
          `a consumer got ${own}`,
        )
    got.push(...own)
  }
  const bodies: [string, () => void][] = [
    ...['producer', 'second producer']
      .slice(0, producers)
      .map((name, place): [string, () => void] => [name, produce(place)]),
    ...['consumer', 'second consumer']
      .slice(0, consumers)
      .map((name): [string, () => void] => [name, consume]),
  ]
  return {
    threads: Object.fromEntries(bodies),
    check: () => {
      expect(new Set(got).size === total && got.length === total, `of ${total} items these came out: ${got}`)
      expect(queue.qsize() === 0, 'the queue is not empty')
      expect(blocksInUse() === 1, `${blocksInUse()} blocks of memory are in use, and not the ring alone`)
    },
  }
}

/** As text, items have a block of memory each: none may be lost or given back twice. */
function texts(): Run {
  const queue = new Queue<string>({ maxSize: 1 })
  const got: string[] = []
  return {
    threads: {
      producer: () => {
        queue.put('one')
        queue.put('two')
      },
      consumer: () => {
        got.push(queue.get(), queue.get())
      },
    },
    check: () => {
      expect(got.join() === 'one,two', `these came out: ${got}`)
      expect(blocksInUse() === 1, 'memory is lost')
    },
  }
}

/** What was not put says so, what was is got or still there. */
function withTimeouts(queue: AnyQueue): Run {
  let put = 0
  let got = 0
  const produce = () => {
    for (let made = 0; made < 2; made++) {
      try {
        queue.put(made, true, 5)
        put++
      } catch (error) {
        if (!(error instanceof Full)) throw error
      }
    }
  }
  const consume = () => {
    try {
      queue.get(true, 5)
      got++
    } catch (error) {
      if (!(error instanceof Empty)) throw error
    }
  }
  return {
    threads: { producer: produce, one: consume, two: consume },
    check: () =>
      expect(put === got + queue.qsize(), `${put} were put, ${got} got, and ${queue.qsize()} are there`),
  }
}

/** A getter that gives up passes the item's signal on: nobody sleeps beside an item. */
function timeoutBesideNoTimeout(): Run {
  const queue = new Queue<number>()
  const got: number[] = []
  return {
    threads: {
      impatient: () => {
        try {
          got.push(queue.get(true, 5))
        } catch (error) {
          if (!(error instanceof Empty)) throw error
        }
      },
      patient: () => got.push(queue.get()),
      producer: () => {
        queue.put(1)
        queue.put(2)
      },
    },
    check: () =>
      expect(got.length + queue.qsize() === 2, `two were put, ${got.length} got, ${queue.qsize()} are there`),
  }
}

function shutDown(immediate: boolean): Run {
  const queue = new Queue<number>({ maxSize: 1 })
  let put = 0
  let got = 0
  const untilShutDown = (body: () => void) => () => {
    try {
      for (let time = 0; time < 2; time++) body()
    } catch (error) {
      if (!(error instanceof ShutDown)) throw error
    }
  }
  return {
    threads: {
      producer: untilShutDown(() => {
        queue.put(1)
        put++
      }),
      consumer: untilShutDown(() => {
        queue.get()
        got++
      }),
      closer: () => queue.shutdown(immediate),
    },
    check: () => {
      const left = queue.qsize()
      if (immediate) expect(left === 0 && got <= put, `${left} are left, ${got} of ${put} were got`)
      else expect(left + got === put, `${put} were put, ${got} got, ${left} left`)
    },
  }
}

function joined(isShutDown: boolean): Run {
  const queue = new Queue<number>()
  queue.put(1)
  queue.put(2)
  let done = 0
  const work = () => {
    try {
      queue.get()
      done++
      queue.taskDone()
    } catch (error) {
      if (!isShutDown) throw error
    }
  }
  const join = () => {
    queue.join()
    if (!isShutDown) expect(done === 2, `join came back when ${done} of 2 were done`)
  }
  const closer = { closer: () => queue.shutdown(true) }
  return { threads: { one: work, ...(isShutDown ? closer : { two: work }), joiner: join } }
}

function asynchronously(): Run {
  const queue = new Queue<number>({ maxSize: 1 })
  const got: number[] = []
  return {
    threads: {
      producer: async () => {
        await queue.putAsync(1)
        await queue.putAsync(2)
      },
      consumer: async () => {
        got.push(await queue.getAsync())
        got.push(await queue.getAsync())
      },
    },
    check: () => expect(got.join() === '1,2', `these came out: ${got}`),
  }
}

function byPriority(): Run {
  const queue = new PriorityQueue<readonly [number, string]>()
  const got: string[] = []
  return {
    threads: {
      producer: () => {
        queue.put([2, 'second'])
        queue.put([1, 'first'])
        queue.put([2, 'third'])
      },
      consumer: () => {
        for (let taken = 0; taken < 3; taken++) got.push(queue.get()[1])
      },
    },
    check: () => {
      expect(got.indexOf('second') < got.indexOf('third'), `equal priorities came out as ${got}`)
      expect(new Set(got).size === 3, `these came out: ${got}`)
    },
  }
}

export const queueScenarios: Scenario[] = [
  { name: 'Queue: one to one, and a ring that grows', setUp: () => flow(new Queue(), 1, 1, 3, true) },
  { name: 'Queue: two to one', setUp: () => flow(new Queue(), 2, 1, 2, true) },
  { name: 'Queue: one to two', setUp: () => flow(new Queue(), 1, 2, 2, true) },
  { name: 'Queue: one to one, one place', setUp: () => flow(new Queue({ maxSize: 1 }), 1, 1, 3, true) },
  { name: 'Queue: two to one, one place', setUp: () => flow(new Queue({ maxSize: 1 }), 2, 1, 1, true) },
  { name: 'Queue: one to two, one place', setUp: () => flow(new Queue({ maxSize: 1 }), 1, 2, 2, true) },
  { name: 'Queue: texts', setUp: texts },
  { name: 'Queue: waits that give up', setUp: () => withTimeouts(new Queue({ maxSize: 1 })) },
  { name: 'Queue: an impatient beside a patient one', setUp: timeoutBesideNoTimeout },
  { name: 'Queue: shut down', setUp: () => shutDown(false) },
  { name: 'Queue: shut down at once', setUp: () => shutDown(true) },
  { name: 'Queue: joined', setUp: () => joined(false) },
  { name: 'Queue: joined and shut down at once', setUp: () => joined(true) },
  { name: 'Queue: asynchronously', setUp: asynchronously },
  {
    name: 'LifoQueue: one to one, and a ring that grows',
    setUp: () => flow(new LifoQueue(), 1, 1, 3, false),
  },
  {
    name: 'LifoQueue: two to one, one place',
    setUp: () => flow(new LifoQueue({ maxSize: 1 }), 2, 1, 1, false),
  },
  { name: 'LifoQueue: waits that give up', setUp: () => withTimeouts(new LifoQueue({ maxSize: 1 })) },
  {
    name: 'PriorityQueue: one to two, and a ring that grows',
    setUp: () => flow(new PriorityQueue(), 1, 2, 4, true),
  },
  { name: 'PriorityQueue: waits that give up', setUp: () => withTimeouts(new PriorityQueue({ maxSize: 1 })) },
  { name: 'PriorityQueue: equal priorities', setUp: byPriority },
]
