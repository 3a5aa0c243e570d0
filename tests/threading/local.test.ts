import { closePool, local, Queue } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { afterAll, expect, test } from 'vitest'
import { run } from './test-process.ts'
import { reportLocal, testLocal } from './test-targets.ts'

afterAll(closePool)

test('what main sets before startProcess stays, and no thread sees it', () => {
  const own = local<{ song: string }>()
  own.song = 'Blue Train'
  testLocal.song = 'So What'
  startProcess({
    name: 'test',
    workers: 1,
    entry: new URL('./test-worker.ts', import.meta.url),
    memoryBytes: 2 ** 25,
  })
  expect([own.song, testLocal.song, Object.keys(own)]).toEqual(['Blue Train', 'So What', ['song']])
  const told = new Queue<unknown>()
  for (const song of ['one', 'two']) {
    run(reportLocal, [told, song]).join()
    // The worker has set a member while it loaded its modules: that was no thread's.
    expect(told.get()).toEqual([undefined, [], song])
  }
  expect([own.song, testLocal.song]).toEqual(['Blue Train', 'So What'])
})
