import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { ProcessOptions } from '@skein/threading/node'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('early-memory-program.ts', import.meta.url))

interface Outcome {
  readonly outcomes: readonly string[]
  readonly name: string
  readonly limits: object
}

const runWith = (first: string, attempts: readonly Partial<ProcessOptions>[], ...more: string[]): Outcome =>
  JSON.parse(
    execFileSync(process.execPath, [program, JSON.stringify(attempts), first, ...more], { encoding: 'utf8' }),
  )

const defaults = { maxThreads: 64, maxObjects: 4096, maxWaits: 960, traceEvents: 1024 }

test.each(['lock', 'thread', 'current'])(
  'startProcess after a %s still sets the name of the process',
  (first) => {
    expect(runWith(first, [{}])).toEqual({ outcomes: ['started'], name: 'early', limits: defaults })
  },
)

const otherSizes = [
  { memoryBytes: 2 ** 25 },
  { memoryBytes: 2 ** 27 },
  { maxThreads: 8 },
  { maxObjects: 100 },
  { maxWaits: 10 },
  { traceEvents: 16 },
]

test.each(otherSizes)('startProcess after a primitive refuses %j, and says what to do', (sizes) => {
  const [key, value] = Object.entries(sizes)[0]!
  const { outcomes, limits } = runWith('lock', [sizes, {}])
  expect(outcomes[0]).toMatch(
    `RuntimeError: ${key} cannot be ${value}: a primitive was made before startProcess`,
  )
  expect(outcomes[0]).toMatch(/Call startProcess first$/)
  // Nothing has changed: the next call starts the process.
  expect([outcomes[1], limits]).toEqual(['started', defaults])
})

test('startProcess after a primitive accepts the sizes that the memory has', () => {
  expect(runWith('lock', [{ ...defaults, memoryBytes: 2 ** 26 }]).outcomes).toEqual(['started'])
})

test('startProcess after a primitive still refuses invalid sizes with a ValueError', () => {
  const invalid = [
    { memoryBytes: 5 },
    { memoryBytes: -16 },
    { maxThreads: 1 },
    { maxObjects: 0 },
    { traceEvents: 3 },
  ]
  for (const outcome of runWith('lock', invalid).outcomes) expect(outcome).toMatch(/^ValueError/)
})

test('startProcess twice is refused, with the same sizes and with others', () => {
  const { outcomes, limits } = runWith('nothing', [
    { maxThreads: 8 },
    { maxThreads: 8 },
    { maxThreads: 9 },
    {},
  ])
  expect(outcomes).toEqual(['started', ...Array(3).fill('RuntimeError: the process was started before')])
  expect(limits).toEqual({ ...defaults, maxThreads: 8 })
})

test('startProcess after closePool has the memory that is there', () => {
  const { outcomes } = runWith(
    'nothing',
    [{ maxThreads: 8 }, { maxThreads: 8 }, { maxThreads: 9 }, {}],
    'close',
  )
  expect(outcomes[1]).toBe('started')
  expect(outcomes[2]).toMatch(/RuntimeError: maxThreads cannot be 9/)
  expect(outcomes[3]).toBe('started')
})

test('memory that cannot be allocated is a MemoryError, and a smaller one is', () => {
  const { outcomes } = runWith('nothing', [
    { memoryBytes: 2 ** 48 },
    { memoryBytes: 2 ** 60 },
    { memoryBytes: 2 ** 35 },
    { memoryBytes: Number.MAX_VALUE },
    { memoryBytes: 2 ** 26 },
  ])
  expect(outcomes.map((outcome) => outcome.split(':')[0])).toEqual([
    ...Array(4).fill('MemoryError'),
    'started',
  ])
})

test.each([
  { maxThreads: 2, maxObjects: 1, maxWaits: 1, traceEvents: 2 },
  { maxThreads: 1024, maxObjects: 2 ** 20, maxWaits: 2 ** 16, traceEvents: 2 ** 16, memoryBytes: 2 ** 32 },
])('the tables have their sizes at the limits: %j', (sizes) => {
  expect(runWith('nothing', [sizes])).toMatchObject({ outcomes: ['started'] })
})
