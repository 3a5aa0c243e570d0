import { foldName } from './directory-cache.ts'

/** A playlist names many files; each of them is compared with all files of the same name. */
const maxCompared = 2_000

export interface SearchLimits {
  readonly folders: number
  readonly files: number
}

interface IndexedFile {
  readonly file: string
  /** The folded names of its folders and itself. */
  readonly names: readonly string[]
}

/** The files of a library, by their names. */
export class NameIndex {
  readonly #files = new Map<string, IndexedFile[]>()

  /** Reads the files of folders, up to these limits. */
  static async read(folders: AsyncIterable<readonly string[]>, max: SearchLimits): Promise<NameIndex> {
    const index = new NameIndex()
    let folderCount = 0
    let fileCount = 0
    for await (const files of folders) {
      for (const file of files) index.#add(file)
      fileCount += files.length
      if (++folderCount >= max.folders || fileCount >= max.files) break
    }
    return index
  }

  #add(file: string): void {
    const names = foldNames(file)
    const name = names.at(-1) ?? ''
    const files = this.#files.get(name)
    if (files === undefined) this.#files.set(name, [{ file, names }])
    else files.push({ file, names })
  }

  /**
   * Returns the file with the same name as a path. Of several it is the one that shares the most folders with the end of
   * the path. Returns the number of files if that does not decide.
   */
  find(path: string): string | number | undefined {
    const wanted = foldNames(path)
    const files = this.#files.get(wanted.at(-1) ?? '') ?? []
    if (files.length > maxCompared) return files.length
    let best: string[] = []
    let bestLength = 0
    for (const { file, names } of files) {
      const length = commonEnd(names, wanted)
      if (length > bestLength) best = []
      if (length >= bestLength) best.push(file)
      bestLength = Math.max(length, bestLength)
    }
    return best.length > 1 ? best.length : best[0]
  }
}

const foldNames = (path: string): string[] => foldName(path).split(/[\\/]+/)

function commonEnd(one: readonly string[], other: readonly string[]): number {
  let length = 0
  while (length < Math.min(one.length, other.length) && one.at(-1 - length) === other.at(-1 - length))
    length++
  return length
}
