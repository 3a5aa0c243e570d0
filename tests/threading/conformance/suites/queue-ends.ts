import { Queue, ShutDown, ValueError } from '@skein/threading'
import { step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { waitersOf } from '../observe.ts'
import { consume, kinds, type MakeQueue } from './queue-kinds.ts'

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
      const call = joiner.startCall(queue, 'join').untilWaiting()
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

    onThread(
      'get drains what is left, and then throws ShutDown whatever its timeout',
      ['shutdown.get'],
      () => {
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
      },
    )

    onThread('ends the wait of every getter with ShutDown', ['shutdown.get'], (scene) => {
      const queue = make()
      const calls = scene.actors('a', 'b', 'c').map((getter) => getter.startCall(queue, 'get').untilWaiting())
      queue.shutdown()
      for (const call of calls) throws(ShutDown, () => call.result())
    })

    onThread('ends the wait of every putter with ShutDown', ['shutdown.put'], (scene) => {
      const queue = make({ maxSize: 1 })
      queue.put(1)
      const calls = scene
        .actors('a', 'b')
        .map((putter) => putter.startCall(queue, 'put', 2, true, 10_000).untilWaiting())
      queue.shutdown()
      for (const call of calls) throws(ShutDown, () => call.result())
      equal([queue.get(), queue.unfinished], [1, 1])
    })

    onThread(
      'does not end the wait of who joins: what is queued is still to be done',
      ['shutdown.get'],
      (scene) => {
        const queue = make()
        queue.put(1)
        const joiner = scene.actor()
        const call = joiner.startCall(queue, 'join').untilWaiting()
        queue.shutdown()
        equal(waitersOf(queue), [joiner.ident])
        queue.get()
        queue.taskDone()
        call.result()
      },
    )

    onThread('immediate drops what is queued, and wakes join', ['shutdown.immediate'], (scene) => {
      const queue = make()
      queue.put(1)
      queue.put(2)
      const call = scene.actor().startCall(queue, 'join').untilWaiting()
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
      const call = joiner.startCall(queue, 'join').untilWaiting()
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
      const calls = [
        getter.startCall(empty, 'get').untilWaiting(),
        putter.startCall(full, 'put', 2).untilWaiting(),
      ]
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
      const ends = [rejects(ShutDown, empty.getAsync()), rejects(ShutDown, full.putAsync(2))]
      scene.actor().run(step(empty, 'shutdown'), step(full, 'shutdown'))
      await Promise.all(ends)
      await rejects(ShutDown, full.putAsync(2))
      equal(await full.getAsync(), 1)
      await rejects(ShutDown, full.getAsync())
    })
  })

export const queueEndSuites: readonly Suite[] = kinds.flatMap(([kind, make]) => [
  countingSuite(kind, make),
  shutdownSuite(kind, make),
])
