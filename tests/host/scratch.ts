import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'

/** A new, empty folder, removed when the test that asks for it has ended. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skein-library-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Waits until an assertion holds, for as long as a busy machine may need. */
export async function until(assertion: () => void): Promise<void> {
  await vi.waitFor(assertion, 20_000)
}
