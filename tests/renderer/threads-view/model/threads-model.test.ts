import { expect, test, vi } from 'vitest'
import { ThreadsModel } from '../../../../renderer/threads-view/model/threads-model.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

const model = (): ThreadsModel => new ThreadsModel(['player', 'host'])

test('threads are grouped by process, the window first, whichever is sampled first', () => {
  const threads = model()
  threads.accept(process(1, { process: 'host', threads: [thread(1, 'main'), thread(2, 'scan-1')] }))
  threads.accept(process(1, { process: 'player', threads: [thread(1, 'main')] }))
  expect(threads.layout().groups.map((group) => group.threads.map(({ name }) => name))).toEqual([
    ['main'],
    ['main', 'scan-1'],
  ])
})

test('listeners are called only when threads and objects appear or disappear', () => {
  const threads = model()
  const listener = vi.fn()
  threads.subscribe(listener)
  threads.accept(process(1, { threads: [thread(1, 'main')] }))
  expect(listener).toHaveBeenCalledTimes(1)
  threads.accept(process(2, { threads: [thread(1, 'main', { state: 'Waiting', since: 2 })] }))
  expect(listener).toHaveBeenCalledTimes(1)
  threads.accept(process(3, { threads: [thread(1, 'main')], objects: [object(1, 'Lock')] }))
  expect(listener).toHaveBeenCalledTimes(2)
})

test('the time shown is the time of the window, not of the host', () => {
  const threads = model()
  threads.accept(process(1000))
  threads.accept(process(5000, { process: 'host' }))
  expect(threads.scene().at).toBe(1000)
})

test('a frozen scene does not change, and following shows what happened since', () => {
  const threads = model()
  threads.accept(process(10, { threads: [thread(1, 'main', { state: 'Waiting', since: 5 })] }))
  threads.freeze()
  threads.accept(
    process(30, {
      threads: [thread(1, 'main', { since: 20 }), thread(2, 'input', { since: 25 })],
      events: [event(1, 20, 'Runnable')],
    }),
  )
  expect(threads.scene().at).toBe(10)
  expect(threads.scene().processes[0]?.thread(1)?.state).toBe('Waiting')
  expect(threads.scene().processes[0]?.history(1)?.end).toBe(1)
  expect(threads.layout().frozenAt).toBe(10)
  expect(threads.layout().groups[0]?.threads).toHaveLength(1)

  threads.follow()
  expect(threads.scene().at).toBe(30)
  expect(threads.scene().processes[0]?.history(1)?.end).toBe(2)
  expect(threads.layout().frozenAt).toBeUndefined()
  expect(threads.layout().groups[0]?.threads).toHaveLength(2)
})

test('any moment of the last minute can be shown, as it was', () => {
  const threads = model()
  const waiting = { object: 70, operation: 'get' } as const
  const main = thread(1, 'main')
  const input = thread(2, 'input', { state: 'Waiting', since: 15, waiting })
  threads.accept(process(10, { threads: [main] }))
  threads.accept(
    process(20, {
      threads: [main, input],
      objects: [object(70, 'Queue')],
      events: [event(1, 15, 'Waiting', { thread: 2, object: 70, operation: 'get' })],
    }),
  )
  threads.accept(
    process(40, {
      threads: [main, thread(2, 'input', { since: 30 })],
      objects: [object(70, 'Queue')],
      events: [event(2, 30, 'Runnable', { thread: 2, object: 70, by: 1 })],
    }),
  )
  threads.moveTo(25)
  expect(threads.layout()).toMatchObject({ frozenAt: 25, range: { from: 10, to: 40 } })
  const [player] = threads.scene().processes
  expect(threads.scene().at).toBe(25)
  expect(player?.thread(2)?.state).toBe('Waiting')
  expect(player?.history(2)?.end).toBe(1)
  threads.moveTo(12)
  expect(threads.layout().groups[0]?.threads).toHaveLength(1)
  threads.moveTo(-1000)
  expect(threads.layout().frozenAt).toBe(10)
  threads.moveTo(1000)
  expect(threads.scene().processes[0]?.thread(2)?.state).toBe('Runnable')
  threads.follow()
  expect(threads.layout()).toMatchObject({ frozenAt: undefined, range: undefined })
})

test('view listeners get every view, also while the scene is frozen', () => {
  const threads = model()
  const times: number[] = []
  const end = threads.onView(({ at }) => times.push(at))
  threads.accept(process(10))
  threads.freeze()
  threads.accept(process(20, { process: 'host' }))
  end()
  threads.accept(process(30))
  expect(times).toEqual([10, 20])
})
