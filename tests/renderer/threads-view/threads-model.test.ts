import { expect, test, vi } from 'vitest'
import { ThreadsModel } from '../../../renderer/threads-view/threads-model.ts'
import { event, object, process, thread } from './views.ts'

const model = (): ThreadsModel => new ThreadsModel(['player', 'host'])

test('threads are grouped by process, the window first, whichever is heard of first', () => {
  const threads = model()
  threads.accept(process(1, { process: 'host', threads: [thread(1, 'main'), thread(2, 'scan-1')] }))
  threads.accept(process(1, { process: 'player', threads: [thread(1, 'main')] }))
  expect(threads.layout().groups.map((group) => group.threads.map(({ name }) => name))).toEqual([
    ['main'],
    ['main', 'scan-1'],
  ])
})

test('listeners hear only of threads and objects that come and go', () => {
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

test('a frozen scene stays while all goes on, and following shows what happened since', () => {
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
