import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { renderReference } from '../../../scripts/docs-api.ts'

const written = readFileSync(new URL('../../../docs/api/threading.md', import.meta.url), 'utf8')

test('docs/api/threading.md is what `npm run docs:api` writes', () => {
  expect(renderReference()).toBe(written)
}, 60_000)

test('it has the classes and functions of every entry', () => {
  for (const name of [
    'Queue',
    'Lock',
    'Thread',
    'QueueOptions',
    'startProcess',
    'serveThreads',
    'snapshot',
    'threadSlot',
  ])
    expect(written).toContain(`### ${name}\n`)
})
