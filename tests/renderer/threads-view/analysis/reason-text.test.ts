import type { ObjectView, OperationEvent, ThreadView } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { ProcessAnalysis } from '../../../../renderer/threads-view/analysis/process-analysis.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

const act = (by: number, on: number, name: OperationEvent['act'], value = 1): OperationEvent => ({
  thread: by,
  sequence: 1,
  at: 0,
  object: on,
  act: name,
  value,
  holding: 0,
})

/** Returns the reason text of the first thread at time 1000. */
function whyFirst(threads: ThreadView[], objects: ObjectView[] = [], acts: OperationEvent[] = []): string {
  const analysis = new ProcessAnalysis('player')
  analysis.accept(process(1000, { threads, objects, operations: acts }))
  return analysis.describeReason(threads[0]!, undefined, 1000)
}

const getting = (on: number, since = 988) =>
  ({ state: 'Waiting', since, waiting: { object: on, operation: 'get' } }) as const

const commands = object(70, 'Queue', { name: 'commands', depth: 0 })
const inputs = object(71, 'Queue', { name: 'inputs', depth: 0 })

test('a wait is followed from waker to waker', () => {
  const threads = [thread(3, 'playback', getting(70)), thread(2, 'input', getting(71)), thread(1, 'main')]
  expect(whyFirst(threads, [commands, inputs], [act(2, 70, 'put'), act(1, 71, 'put')])).toBe(
    'playback waits on Queue commands (0 items) for 12 ms; usually fed by input, which waits on Queue inputs, fed by main.',
  )
})

test('all usual wakers are named, and one that waits is followed', () => {
  const threads = [thread(3, 'playback', getting(70)), thread(2, 'input', getting(71)), thread(1, 'main')]
  const acts = [act(1, 70, 'put'), act(1, 70, 'put'), act(2, 70, 'put'), act(1, 71, 'put')]
  expect(whyFirst(threads, [commands, inputs], acts)).toBe(
    'playback waits on Queue commands (0 items) for 12 ms; usually fed by main and input; input waits on Queue inputs, fed by main.',
  )
})

test('a rare waker is not named', () => {
  const puts = Array.from({ length: 20 }, () => act(1, 70, 'put'))
  const threads = [thread(3, 'playback', getting(70)), thread(2, 'input'), thread(1, 'main')]
  expect(whyFirst(threads, [commands], [...puts, act(2, 70, 'put')])).toBe(
    'playback waits on Queue commands (0 items) for 12 ms; usually fed by main.',
  )
})

test('an unknown waker is described as unknown', () => {
  expect(whyFirst([thread(3, 'playback', getting(70))], [commands])).toBe(
    'playback waits on Queue commands (0 items) for 12 ms; fed by nobody seen yet.',
  )
})

test('for a lock the holder and its state are named', () => {
  const library = object(72, 'Lock', { name: 'library', holder: 4 })
  const blocked = { state: 'Blocked', since: 997, waiting: { object: 72, operation: 'acquire' } } as const
  expect(whyFirst([thread(3, 'playback', blocked), thread(4, 'selector')], [library])).toBe(
    'playback is blocked by Lock library for 3.0 ms, held by selector, which is runnable.'.replace(
      '3.0',
      '3',
    ),
  )
})

test('a thread that was handed a lock and does not run yet is in no cycle', () => {
  const library = object(72, 'Lock', { name: 'library', holder: 3 })
  const blocked = {
    state: 'Blocked',
    since: 988,
    waiting: { object: 72, operation: 'acquire' },
    waitSequence: 0,
  } as const
  expect(whyFirst([thread(3, 'playback', blocked)], [library])).toBe(
    'playback is blocked by Lock library for 12 ms, held by playback.',
  )
})

test('a cycle is described as a cycle', () => {
  const threads = [thread(2, 'one', getting(70)), thread(3, 'two', getting(71))]
  expect(whyFirst(threads, [commands, inputs], [act(3, 70, 'put'), act(2, 71, 'put')])).toBe(
    'one waits on Queue commands (0 items) for 12 ms; usually fed by two, which waits on Queue inputs, fed by one: they wait in a circle.',
  )
})

test('for a timeout the remaining time is named', () => {
  const timed = { ...getting(70), state: 'Timed waiting', until: 4400 } as const
  expect(whyFirst([thread(3, 'playback', timed)], [commands])).toMatch(/for 12 ms \(3\.4 s left\); fed by/)
})

test('each kind of wait has its own text', () => {
  const waiting = (on: number, operation: 'wait' | 'acquire' | 'put' | 'join') =>
    thread(3, 'one', { state: 'Waiting', since: 988, waiting: { object: on, operation } })
  const other = thread(2, 'two')
  const reasonFor = (
    kind: ObjectView['kind'],
    rest: Partial<ObjectView>,
    how: Parameters<typeof waiting>[1],
    by: OperationEvent,
  ) => whyFirst([waiting(70, how), other], [object(70, kind, { name: 'x', ...rest })], [by])
  expect(reasonFor('Event', { flag: false }, 'wait', act(2, 70, 'set'))).toBe(
    'one waits on Event x (clear) for 12 ms; usually set by two, which is runnable.',
  )
  expect(reasonFor('Condition', {}, 'wait', act(2, 70, 'notify'))).toContain(
    'x for 12 ms; usually notified by two',
  )
  expect(reasonFor('Semaphore', { permits: 0 }, 'acquire', act(2, 70, 'release'))).toContain(
    '(0 permits) for 12 ms; usually released by two',
  )
  expect(reasonFor('Queue', { depth: 2, maxSize: 2 }, 'put', act(2, 70, 'get'))).toContain(
    'one waits for room in Queue x (2 / 2 items) for 12 ms; usually emptied by two',
  )
  expect(reasonFor('Queue', { depth: 0, unfinished: 3 }, 'join', act(2, 70, 'taskDone'))).toContain(
    '(3 unfinished) for 12 ms; usually worked off by two',
  )
  expect(reasonFor('Barrier', { arrived: 1, parties: 3 }, 'wait', act(2, 70, 'wait'))).toContain(
    '(1 of 3 arrived) for 12 ms; usually met by two',
  )
})

test('for a join the state of the joined thread is named', () => {
  const joining = { state: 'Waiting', since: 988, waiting: { object: 3, operation: 'join' } } as const
  expect(
    whyFirst([thread(2, 'one', joining), thread(4, 'worker')], [object(3, 'Thread', { name: 'worker' })]),
  ).toBe('one waits for the end of Thread worker for 12 ms, which is runnable.')
})

test('a thread that does not wait is described by its state', () => {
  expect(whyFirst([thread(3, 'playback')])).toBe('playback runs, or is ready to.')
  expect(whyFirst([thread(1, 'main', { awaiting: [{ object: 70, operation: 'get' }] })], [commands])).toBe(
    'main runs, or is ready to, and listens to Queue commands without blocking.',
  )
  expect(whyFirst([thread(3, 'a', { state: 'Terminated' })])).toBe('a ended by returning.')
  expect(whyFirst([thread(3, 'a', { state: 'Terminated', error: 'Error: no' })])).toBe(
    'a ended by an error: Error: no.',
  )
  expect(whyFirst([thread(3, 'a', { state: 'New' })])).toBe('a has not begun yet.')
})

test('for a paused thread the next operation is named', () => {
  const gate = { object: 70, act: 'get' } as const
  expect(whyFirst([thread(3, 'a', { control: 'paused', gate })], [commands])).toBe(
    'a is paused before get of Queue commands.',
  )
  expect(whyFirst([thread(3, 'a', { slowness: 10, gate })], [commands])).toBe(
    'a is slowed ×10, and is held before get of Queue commands.',
  )
  expect(whyFirst([thread(3, 'a', { control: 'paused', gate: { object: 0, act: 'begin' } })])).toBe(
    'a is paused before its first step.',
  )
})
