import { Empty, Full, Queue, ValueError } from '@skein/threading'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { waitersOf } from '../observe.ts'
import { consume, echo, kinds, type MakeQueue, produce } from './queue-kinds.ts'

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
      for (const maxSize of [Number.NaN, 1.5, '2' as unknown as number])
        throws(TypeError, () => make({ maxSize }))
    })

    onThread('tells its size, and whether it is empty or full', ['queue.size'], (scene) => {
      const queue = make({ maxSize: 2 })
      const other = scene.actor()
      const look = () => [queue.qsize(), queue.empty(), queue.full()]
      equal(look(), [0, true, false])
      queue.put(1)
      equal(look(), [1, false, false])
      other.call(queue, 'put', 2)
      equal(look(), [2, false, true])
      other.call(queue, 'get')
      queue.get()
      equal(look(), [0, true, false])
    })

    onThread(
      'is full at its bound: put throws Full at once or in time, and the queue stays as it was',
      ['queue.block', 'queue.nowait'],
      () => {
        const queue = make({ maxSize: 2, name: 'commands' })
        queue.putNowait(1)
        queue.put(2)
        throws(Full, () => queue.putNowait(3), /commands/)
        throws(Full, () => queue.put(3, false))
        throws(Full, () => queue.put(3, true, 0))
        throws(Full, () => queue.put(3, true, 2))
        equal([queue.qsize(), queue.unfinished], [2, 2])
      },
    )

    onThread(
      'is empty at first: get throws Empty at once or in time',
      ['queue.block', 'queue.nowait'],
      () => {
        const queue = make({ name: 'commands' })
        throws(Empty, () => queue.getNowait(), /commands/)
        throws(Empty, () => queue.get(false))
        throws(Empty, () => queue.get(true, 0))
        throws(Empty, () => queue.get(true, 2))
        queue.put(1)
        equal(queue.getNowait(), 1)
      },
    )

    onThread('ignores the timeout without blocking', ['queue.nonblocking'], () => {
      const queue = make({ maxSize: 1 })
      for (const timeout of [-1, 5, 10_000]) throws(Empty, () => queue.get(false, timeout))
      queue.put(1)
      for (const timeout of [-1, 5, 10_000]) throws(Full, () => queue.put(2, false, timeout))
      equal(queue.get(false, -1), 1)
      queue.put(3, false, -1)
    })

    onThread(
      'refuses a negative timeout of get always, and of put only when bounded',
      ['queue.negative'],
      () => {
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
      },
    )

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
      const calls = [1, 2, 3].map((item) => scene.actor().startCall(queue, 'put', item).untilWaiting())
      for (const [index, call] of calls.entries()) {
        equal(queue.get(), index)
        call.result()
        equal(waitersOf(queue).length, 2 - index)
      }
      equal(queue.get(), 3)
    })

    onThread(
      'passes every item of several producers to one of several consumers, once',
      ['queue.block', 'all.pairs'],
      (scene) => {
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
          equal(
            results.reduce((count, [more]) => count + more, 0),
            3 * each,
          )
          equal(
            results.reduce((sum, [, more]) => sum + more, 0),
            (3 * each * (3 * each + 1)) / 2,
          )
        }
      },
    )

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
      await getter.startCall(queue, 'get').untilWaitingAsync()
      await scene.kill(getter)
      await queue.putAsync(1)
      await putter.startCall(queue, 'put', 2).untilWaitingAsync()
      await scene.kill(putter)
      equal([await queue.getAsync(), queue.qsize(), queue.unfinished], [1, 0, 1])
      await queue.putAsync(3)
      equal(await queue.getAsync(), 3)
    })
  })

export const queueSuites: readonly Suite[] = kinds.map(([kind, make]) => blockingSuite(kind, make))
