import { expect, test, vi } from 'vitest'
import { begin, fact, inLab } from './process.ts'
import { WebWorker } from './web-worker.ts'

inLab()
vi.stubGlobal('Worker', WebWorker)

test('threads of one process add to one number, and a second process adds to its own', async () => {
  const run = begin('processes', { threads: 3, times: 200 })
  const outcome = await run.outcome
  expect(outcome.sentence).toBe(
    '3 threads of one process added to one counter, and found 600. The second process found 200 in its own.',
  )
  expect(fact(outcome, 'Process lab')).toBe('counter 600, 4 threads')
  expect(fact(outcome, 'Process second process')).toBe('counter 200, 1 thread')
  for (const { name, ident, nativeId } of run.threads) {
    expect(fact(outcome, name)).toBe(`ident ${ident}, native id ${nativeId}, own variable 200`)
  }
})
