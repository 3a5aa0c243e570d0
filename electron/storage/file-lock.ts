import { open, readFile } from 'node:fs/promises'
import { setTimeout } from 'node:timers/promises'
import { errorCode } from '../platform/node-errors.ts'
import { isProcessRunning } from '../platform/process-running.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'

/** Milliseconds between two attempts to take a lock. */
const retryInterval = 10
/** Milliseconds after which a lock is ignored: its owner hangs, or its process number now belongs to another program. */
const lockTimeout = 2000

/** Runs `work` while no other process of this machine that asks for the same lock file runs its own. */
export async function withFileLock<Result>(path: string, work: () => Promise<Result>): Promise<Result> {
  const isOwner = await acquire(path)
  try {
    return await work()
  } finally {
    if (isOwner) removeIfPossible(path)
  }
}

/** Resolves with false if no lock is possible: `work` then fails to write, too, or the owner hangs. */
async function acquire(path: string): Promise<boolean> {
  const deadline = performance.now() + lockTimeout
  for (;;) {
    try {
      const file = await open(path, 'wx', 0o600)
      // On a full disk the lock stays empty, and is one all the same.
      await file.writeFile(String(process.pid)).catch(() => undefined)
      await file.close()
      return true
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') return false
    }
    const isStale = performance.now() > deadline || (await isAbandoned(path))
    if (isStale) removeIfPossible(path)
    else await setTimeout(retryInterval)
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  const pid = Number(await readFile(path, 'utf8').catch(() => ''))
  // Its owner has not written its number yet.
  return pid !== 0 && !isProcessRunning(pid)
}
