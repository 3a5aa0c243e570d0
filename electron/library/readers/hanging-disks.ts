import { diskOf } from '../../platform/disk-of.ts'

/** The disks on which reads do not return. */
export class HangingDisks {
  readonly #reads = new Map<string, number>()

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
