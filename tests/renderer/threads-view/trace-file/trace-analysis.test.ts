import type { OperationEvent, ProcessView } from '@skein/threading/inspect'
import { expect, test } from 'vitest'
import { operationsAt } from '../../../../renderer/threads-view/details/operations-table.tsx'
import { ProcessRecording } from '../../../../renderer/threads-view/model/process-recording.ts'
import type { AnalysedScene } from '../../../../renderer/threads-view/painting/use-analysis-paint.ts'
import { analyseTrace, analysisOfTrace } from '../../../../renderer/threads-view/trace-file/trace-analysis.ts'
import { readTrace } from '../../../../renderer/threads-view/trace-file/trace-import.ts'
import { traceTextOf } from '../fixtures/recorded-threads.ts'
import { event, object, process, thread } from '../fixtures/view-builders.ts'

/** Returns the import of the trace that Skein exports for these views. */
async function readBack(views: readonly ProcessView[]) {
  const recording = new ProcessRecording('player')
  for (const view of views) recording.accept(view)
  const processes = await readTrace(new File([traceTextOf([recording])], 'threads.json'))
  return { processes, analysis: await analyseTrace(processes) }
}

const put = (sequence: number, at: number): OperationEvent => ({
  thread: 2,
  sequence,
  at,
  object: 72,
  act: 'put',
  value: sequence,
  holding: 0,
})

const blockedBy = (lock: number, since: number) =>
  ({ state: 'Blocked', since, waiting: { object: lock, operation: 'acquire' } }) as const

const blocked = (by: number, sequence: number, at: number, lock: number) =>
  event(sequence, at, 'Blocked', { thread: by, object: lock, operation: 'acquire' })

/** Two threads take two locks in opposite orders. */
const deadlocked: readonly ProcessView[] = [
  process(10_000, {
    threads: [thread(2, 'first', { since: 9000 }), thread(3, 'second', { since: 9000 })],
    objects: [
      object(70, 'Lock', { name: 'left', holder: 2 }),
      object(71, 'Lock', { name: 'right', holder: 3 }),
      object(72, 'Queue', { name: 'songs', depth: 0 }),
    ],
  }),
  process(10_100, {
    threads: [thread(2, 'first', blockedBy(71, 10_050)), thread(3, 'second', blockedBy(70, 10_060))],
    objects: [
      object(70, 'Lock', { name: 'left', holder: 2, waiters: [3] }),
      object(71, 'Lock', { name: 'right', holder: 3, waiters: [2] }),
      object(72, 'Queue', { name: 'songs', depth: 2 }),
    ],
    events: [blocked(2, 3, 10_050, 71), blocked(3, 1, 10_060, 70)],
    operations: [put(1, 10_020), put(2, 10_040)],
  }),
]

test('an imported trace has its deadlock and the reason text of each thread', async () => {
  const { processes, analysis } = await readBack(deadlocked)
  expect(analysis.findings().deadlocks).toMatchObject([
    {
      links: [
        { thread: { name: 'first' }, lock: 'Lock right' },
        { thread: { name: 'second' }, lock: 'Lock left' },
      ],
    },
  ])
  const [player] = processes
  expect(analysis.ofProcess('player')?.describeReason(player!.thread(2)!, player!.view, 10_100)).toBe(
    'first is blocked by Lock right for 50 ms, held by second, which is blocked by Lock left, held by first: they wait in a circle.',
  )
  expect(analysisOfTrace(processes)).toBe(analysis)
})

test('analyses of two traces have different numbers', async () => {
  const [one, other] = [await readBack(deadlocked), await readBack(deadlocked)]
  expect(one.analysis.number).not.toBe(other.analysis.number)
})

test('at a past moment the last operations are those before it', async () => {
  const { processes, analysis } = await readBack(deadlocked)
  const sceneAt = (at: number, isPast: boolean): AnalysedScene => ({
    at,
    process: processes[0]!.asOf(at),
    analysis: analysis.ofProcess('player')!,
    isPast,
  })
  const sequences = (scene: AnalysedScene) => operationsAt(scene, 2).map(({ sequence }) => sequence)
  expect(sequences(sceneAt(10_100, false))).toEqual([2, 1])
  expect(sequences(sceneAt(10_030, true))).toEqual([1])
  expect(sequences(sceneAt(10_010, true))).toEqual([])
})

test('the recording gives the operations that the analysis no longer has', async () => {
  const acts = Array.from({ length: 300 }, (_, index) => put(index + 1, 10_000 + index))
  const { processes, analysis } = await readBack([
    deadlocked[0]!,
    { ...deadlocked[1]!, at: 10_400, events: [], operations: acts },
  ])
  const scene = {
    at: 10_149,
    process: processes[0]!.asOf(10_149),
    analysis: analysis.ofProcess('player')!,
    isPast: true,
  }
  const sequences = operationsAt(scene, 2).map(({ sequence }) => sequence)
  expect([sequences.length, sequences[0], sequences.at(-1)]).toEqual([100, 150, 51])
})
