import { readFileSync } from 'node:fs'
import { dirname, parse } from 'node:path'

/**
 * Returns a name for the part of the file system that hangs if this path does: its mount point; on the system's own disk,
 * where a link can lead to another disk, only its folder. Does not access the path.
 */
export function diskOf(path: string): string {
  const mountPoint = mountPoints()
    .filter((mount) => path === mount || path.startsWith(`${mount}/`))
    .reduce((longest, mount) => (mount.length > longest.length ? mount : longest), '')
  if (mountPoint !== '') return mountPoint
  const { root } = parse(path)
  // A share of another machine begins with two backslashes.
  return root.startsWith('\\\\') ? root : dirname(path)
}

/** Returns the mount points other than `/`. */
function mountPoints(): readonly string[] {
  try {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
    return lines.map((line) => unescapeMount(line.split(' ')[4] ?? '')).filter((mount) => mount.length > 1)
  } catch {
    return []
  }
}

/** Spaces and other characters are written as octal numbers. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}

/** The disks on which reads do not return. */
export class HangingDisks {
  readonly #reads = new Map<string, number>()

  get reads(): number {
    let sum = 0
    for (const count of this.#reads.values()) sum += count
    return sum
  }

  /** Returns the number of reads that hang on the disk of this path. */
  readsNear(path: string): number {
    return this.#reads.size === 0 ? 0 : (this.#reads.get(diskOf(path)) ?? 0)
  }

  /** Records a read that hangs. Returns a function for its end. */
  add(path: string): () => void {
    const disk = diskOf(path)
    this.#reads.set(disk, (this.#reads.get(disk) ?? 0) + 1)
    return () => {
      const left = (this.#reads.get(disk) ?? 0) - 1
      if (left > 0) this.#reads.set(disk, left)
      else this.#reads.delete(disk)
    }
  }
}
