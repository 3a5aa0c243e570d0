import { closePool, enumerate, mainThread } from '@skein/threading'
import { Inspector } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/node'
import { afterAll, expect, test } from 'vitest'

afterAll(closePool)

test('an empty name of a process counts as none', () => {
  startProcess({ name: '', workers: 0, entry: new URL('./test-worker.ts', import.meta.url) })
  expect(new Inspector().sample().process).toBe('main')
})

test('main is called main', () => {
  expect(mainThread().name).toBe('main')
  expect(enumerate().map(({ name }) => name)).toEqual(['main'])
})
