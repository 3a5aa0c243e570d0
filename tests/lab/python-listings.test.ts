import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { exerciseById } from './lab-harness.ts'

/** What each Python listing prints, possibly with other lines between. A listing that deadlocks prints first and is then killed. */
const expectedOutput: Readonly<Record<string, readonly RegExp[]>> = {
  processes: [/the second process found 1000/, /this process found 3000\n$/],
  creating: [/Hello from greeter-3\nHello from greeter-2\nHello from greeter-1\nmain goes on, 0 alive\n/],
  life: [/New: alive is False\nTerminated: alive is False\n/],
  interference: [/expected 200000, found \d+\n/],
  lock: [
    /^acquired\nnot acquired\nnot acquired\ncannot release un-acquired lock\n/,
    /a mistake in the block/,
    /\nnot acquired\n$/,
  ],
  semaphore: [/at most 2 were inside\n/],
  event: [/(worker-\d passed [12], the flag was down\s*){6}/, /all have passed\n$/],
  queue: [/each of 20 items was taken once: True/],
  player: [/^song 1 was skipped\n(song [234] sounded to its end\n){3}$/],
  deadlock: [/^main joins them\n$/],
  philosophers: [/(\n15 meals, the longest hunger [\d.]+ s\n.*){2}all take the left fork first:\n$/s],
  condition: [/a consumer found nothing [1-9]\d* times\n/],
}
const deadlockingExercises = new Set(['deadlock', 'philosophers'])

const folder = mkdtempSync(join(tmpdir(), 'skein-lab-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const hasPython = spawnSync('python3', ['--version']).status === 0

test.skipIf(!hasPython).each(Object.entries(expectedOutput))(
  '%s: the Python listing runs',
  (id, expected) => {
    const file = join(folder, `${id}-listing.py`)
    writeFileSync(file, exerciseById(id).python.text)
    const isDeadlocking = deadlockingExercises.has(id)
    const { status, stdout, stderr, error } = spawnSync('python3', ['-u', file], {
      encoding: 'utf8',
      timeout: isDeadlocking ? 9000 : 20_000,
      killSignal: 'SIGKILL',
    })
    for (const line of expected) expect(stdout).toMatch(line)
    expect(stderr).toBe('')
    if (isDeadlocking) expect(error).toMatchObject({ code: 'ETIMEDOUT' })
    else expect(status).toBe(0)
  },
)
