import { execFileSync } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, vi } from 'vitest'
import { isRoot } from '../../scripts/system.ts'

/** Creates an empty folder, which is removed when the test ends. */
export function scratchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'skein-library-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** Whether this machine can mount a disk of its own for a test. */
export const canMount = isRoot && process.platform === 'linux'

/** Mounts an empty disk of this many KiB in memory, which is removed when the test has ended. */
export function smallDisk(kibibytes: number): string {
  const folder = scratchFolder()
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kibibytes}k`, 'tmpfs', folder])
  onTestFinished(() => void execFileSync('umount', ['-l', folder]))
  return folder
}

/** Whether this machine can forbid its user to write in a folder. Windows ignores the mode of a folder. */
export const canForbidWriting = process.platform !== 'win32' && (!isRoot || canMount)

/** Returns a folder that nobody can write in, after `fill` has written in it. Modes do not stop root. */
export function readOnlyFolder(fill: (folder: string) => void = () => undefined): string {
  const folder = isRoot ? smallDisk(1024) : scratchFolder()
  fill(folder)
  if (isRoot) execFileSync('mount', ['-o', 'remount,ro', folder])
  else {
    chmodSync(folder, 0o500)
    onTestFinished(() => chmodSync(folder, 0o700))
  }
  return folder
}

/** Waits until an assertion holds, for as long as a busy machine may need. */
export async function until(assertion: () => void): Promise<void> {
  await vi.waitFor(assertion, 20_000)
}
