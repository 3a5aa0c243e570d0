import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('table-sizes-program.ts', import.meta.url))

test('the sizes of the tables are options of startProcess, and sizes that make no sense are refused', () => {
  expect(JSON.parse(execFileSync(process.execPath, [program], { encoding: 'utf8' }))).toEqual({
    refused: [true, true, true, true, true, true, true],
    locks: 10,
    limits: { maxThreads: 3, maxObjects: 10, maxWaits: 2, traceEvents: 8 },
    slots: [0, 1, 2, 0],
  })
})
