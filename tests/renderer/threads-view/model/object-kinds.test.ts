import { type ObjectKind, type Operation, type OperationEvent, objectKinds } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { operationResultText } from '../../../../renderer/threads-view/descriptions/operation-result-text.ts'
import { kindDescriptions } from '../../../../renderer/threads-view/model/object-kinds/object-kinds.ts'
import { object } from '../fixtures/view-builders.ts'

const operation = (act: Operation, value: number): OperationEvent => ({
  thread: 3,
  sequence: 1,
  at: 0,
  object: 70,
  act,
  value,
  holding: 0,
})

const reports: readonly (readonly [ObjectKind, Operation, number])[] = [
  ['Queue', 'put', 2],
  ['Queue', 'get', 0],
  ['LifoQueue', 'put', 2],
  ['PriorityQueue', 'get', 1],
  ['Semaphore', 'acquire', 4],
  ['BoundedSemaphore', 'release', 5],
  ['Event', 'set', 1],
  ['Event', 'clear', 0],
  ['Lock', 'acquire', 1],
  ['Lock', 'release', 0],
  ['RLock', 'acquire', 2],
  ['RLock', 'release', 0],
  ['Barrier', 'wait', 2],
  ['Cell', 'read', 17],
  ['Cell', 'write', -3],
  ['RingBuffer', 'read', 480],
  ['RingBuffer', 'write', 960],
]

describe('the value that an operation reports', () => {
  test.each(reports)('%s.%s → %i is the value of the object after it', (kind, act, reported) => {
    const { value, applyOperation } = kindDescriptions[kind]
    const event = operation(act, reported)
    const after = value?.after(event)
    expect(after).toBeDefined()
    const changed = object(70, kind, { holder: 9 })
    applyOperation(changed, event)
    expect(value?.of(changed)).toBe(after)
  })

  test('is drawn as it is, except for an RLock, which reports how often it is held', () => {
    for (const [kind, act, reported] of reports) {
      const { series, applyOperation } = kindDescriptions[kind]
      if (!series?.isReportedBy(act)) continue
      const changed = object(70, kind)
      applyOperation(changed, operation(act, reported))
      expect([kind, series.of(changed)]).toEqual([kind, reported])
    }
    expect(kindDescriptions.RLock.series?.isReportedBy('acquire')).toBe(false)
  })

  test.each([
    ['Queue', 'put', 1, '1 item'],
    ['Queue', 'get', 0, '0 items'],
    ['PriorityQueue', 'taskDone', 3, '3 unfinished'],
    ['Semaphore', 'acquire', 1, '1 permit'],
    ['Event', 'set', 1, 'set'],
    ['Event', 'wait', 0, 'clear'],
    ['Lock', 'acquire', 1, 'held'],
    ['Lock', 'release', 0, 'free'],
    ['RLock', 'acquire', 2, 'held 2 times'],
    ['Condition', 'wait', 2, '2 wait'],
    ['Condition', 'notify', 1, 'woke 1'],
    ['Condition', 'release', 0, 'free'],
    ['Barrier', 'wait', 2, '2 arrived'],
    ['Cell', 'write', -3, '-3'],
    ['RingBuffer', 'read', 1, '1 frame'],
    ['RingBuffer', 'write', 960, '960 frames'],
    ['RingBuffer', 'reset', 7, 'generation 7'],
    ['Thread', 'join', 0, ''],
  ] as const)('%s.%s → %i reads "%s"', (kind, act, value, text) => {
    expect(operationResultText(operation(act, value), kind)).toBe(text)
  })
})

test('each kind has its own position in lists', () => {
  const positions = objectKinds.map((kind) => kindDescriptions[kind].sortPosition)
  expect(new Set(positions).size).toBe(objectKinds.length)
})
