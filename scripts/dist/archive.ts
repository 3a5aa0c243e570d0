import { closeSync, openSync, readSync } from 'node:fs'
import * as v from 'valibot'

interface Entry {
  readonly size?: number | undefined
  readonly files?: Record<string, Entry> | undefined
}

const entrySchema: v.GenericSchema<Entry> = v.object({
  size: v.optional(v.number()),
  files: v.optional(
    v.record(
      v.string(),
      v.lazy(() => entrySchema),
    ),
  ),
})

export interface ArchivedFile {
  /** Names with `/` between them, without one at the beginning. */
  readonly path: string
  readonly size: number
}

/** Returns the files in an asar. It begins with four numbers; the last is the length of the JSON that follows. */
export function archivedFiles(archive: string): readonly ArchivedFile[] {
  const handle = openSync(archive, 'r')
  try {
    const head = Buffer.alloc(16)
    readSync(handle, head, 0, 16, 0)
    const text = Buffer.alloc(head.readUInt32LE(12))
    readSync(handle, text, 0, text.length, 16)
    return listFiles(v.parse(entrySchema, JSON.parse(text.toString('utf8'))), '')
  } finally {
    closeSync(handle)
  }
}

function listFiles({ size, files }: Entry, path: string): readonly ArchivedFile[] {
  if (files === undefined) return [{ path, size: size ?? 0 }]
  return Object.entries(files).flatMap(([name, entry]) =>
    listFiles(entry, path === '' ? name : `${path}/${name}`),
  )
}

/**
 * Throws an Error if the archive contains files that the packaged application does not use. `packages` are the names of
 * those that are not bundled.
 */
export function checkArchive(files: readonly ArchivedFile[], packages: readonly string[]): void {
  const isPackaged = (path: string) => packages.some((name) => path.startsWith(`node_modules/${name}/`))
  const unused = files.filter(
    ({ path }) =>
      (path.includes('node_modules/') && !isPackaged(path)) ||
      /\.map$|\.ts$|licences\.json$|web-host/.test(path),
  )
  const [first] = unused
  if (first !== undefined) {
    throw new Error(
      `The package contains ${unused.length} files that it does not use, such as ${first.path}.`,
    )
  }
}
