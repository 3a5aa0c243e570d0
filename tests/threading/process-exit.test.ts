import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'

const program = fileURLToPath(new URL('exit-program.ts', import.meta.url))

/** Runs a program whose main thread ends at once after it started what its argument says. */
function run(what: string): { lines: string[]; complaints: string; status: number | null } {
  const { stdout, stderr, status, error } = spawnSync(process.execPath, [program, what], {
    encoding: 'utf8',
    timeout: 25_000,
  })
  if (error) throw error
  return { lines: stdout.split('\n').filter(Boolean), complaints: stderr, status }
}

test('the process waits for a thread that is not a daemon', () => {
  const { lines, status } = run('thread')
  expect(lines.sort()).toEqual(['main ends', 'thread ends'])
  expect(status).toBe(0)
})

test('the process does not wait for a daemon', () => {
  const { lines, status } = run('daemon')
  expect(lines).toEqual(['main ends'])
  expect(status).toBe(0)
})

test('the process waits for a thread that another thread started', () => {
  const { lines, status } = run('thread of a thread')
  expect(lines.sort()).toEqual(['main ends', 'thread ends'])
  expect(status).toBe(0)
})

test('the process waits for a Timer that is not a daemon', () => {
  const { lines, status } = run('timer')
  expect(lines.sort()).toEqual(['main ends', 'thread ends'])
  expect(status).toBe(0)
})

test('the process ends although threads were killed, and waits for those that were not', () => {
  const { lines, status } = run('killed')
  expect(lines.sort()).toEqual(['main ends', 'thread ends'])
  expect(status).toBe(0)
})

test('a thread that joins main ends when main ends, and so does the process', () => {
  const { lines, status } = run('thread that joins main')
  expect(lines).toEqual(['main ends', 'main is not alive for joiner'])
  expect(status).toBe(0)
})

test('a thread that joins main waits for what keeps its event loop busy', () => {
  const { lines, status } = run('asynchronous main')
  expect(lines).toEqual(['main ends', 'main still runs', 'main is not alive for joiner'])
  expect(status).toBe(0)
})

test('an asynchronous join of main ends when main ends, and so does the process', () => {
  const { lines, status } = run('thread that awaits main')
  expect(lines).toEqual(['main ends', 'main was joined'])
  expect(status).toBe(0)
})

test('the process does not wait for a daemon that joins main', () => {
  const { lines, status } = run('daemon that joins main')
  expect(lines[0]).toBe('main ends')
  expect(status).toBe(0)
})

test('the process waits for a thread whose starter died', () => {
  const { lines, status } = run('thread of a daemon that dies')
  expect(lines).toEqual(['main ends', 'thread ends'])
  expect(status).toBe(0)
})

test('without an excepthook an error is printed with the name of its thread, and the process goes on', () => {
  const { lines, complaints, status } = run('error')
  expect(lines).toEqual(['main ends'])
  expect(complaints).toContain('Exception in thread unlucky: RangeError: broken string')
  expect(status).toBe(0)
})
