import { expect, test, vi } from 'vitest'
import { getFact, setUpLabProcess, startExercise } from './lab-harness.ts'
import { NodeWebWorker } from './node-web-worker.ts'

setUpLabProcess()
vi.stubGlobal('Worker', NodeWebWorker)

test('threads of one process add to one counter, and a second process adds to its own', async () => {
  const run = startExercise('processes', { threads: 3, times: 200 })
  const outcome = await run.outcome
  expect(outcome.summary).toBe(
    '3 threads of one process added to one counter and found 600. The second process found 200 in its own.',
  )
  expect(getFact(outcome, 'Process lab')).toBe('counter 600, 4 threads')
  expect(getFact(outcome, 'Process second process')).toBe('counter 200, 1 thread')
  for (const { name, ident, nativeId } of run.threads) {
    expect(getFact(outcome, name)).toBe(`ident ${ident}, native id ${nativeId}, own variable 200`)
  }
})
