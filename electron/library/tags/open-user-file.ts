import { type BigIntStats, closeSync, constants, fstatSync, openSync, readSync } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { dirname } from 'node:path'
import { toSystemPath } from '../../platform/system-path.ts'
import { userDisks } from '../../platform/user-disk.ts'
import { type FileVersion, fileVersion } from './file-version.ts'

/** A regular file of the user, open for reading. Its size is that of the open file, not of its path. */
export interface OpenFile<Descriptor> {
  readonly file: Descriptor
  readonly size: number
  /** Milliseconds since 1970. */
  readonly modified: number
  readonly version: FileVersion
}

/** A path leads to a folder, a pipe, a device or a socket. */
export class NotRegularFileError extends Error {
  constructor() {
    super('not a regular file')
  }
}

// Without O_NONBLOCK, opening a pipe waits until a program writes to it. Windows has no such flag.
const openFlags = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0)

/**
 * Opens a file of the user. The check is made on the open file, because another file can take the place of a path at any
 * time. Throws NotRegularFileError for anything that is not a regular file. The caller closes the descriptor.
 */
export function openUserFile(path: string): OpenFile<number> {
  const file = openSync(toSystemPath(path), openFlags)
  try {
    return { file, ...checkFile(fstatSync(file, { bigint: true })) }
  } catch (error) {
    closeSync(file)
    throw error
  }
}

/** Like `openUserFile`, for threads that must not block. */
export async function openUserFileAsync(path: string): Promise<OpenFile<UserFile>> {
  const folder = dirname(path)
  const { file, ...properties } = await userDisks.access(
    folder,
    () => openHandle(path),
    ({ file: unused }) => unused.close(),
  )
  return { file: new UserFile(file, folder), ...properties }
}

async function openHandle(path: string): Promise<OpenFile<FileHandle>> {
  const file = await open(toSystemPath(path), openFlags)
  try {
    return { file, ...checkFile(await file.stat({ bigint: true })) }
  } catch (error) {
    await file.close()
    throw error
  }
}

/** An open file of the user, for threads that must not block. */
export class UserFile {
  readonly #file: FileHandle
  readonly #folder: string
  #isClosed = false

  constructor(file: FileHandle, folder: string) {
    this.#file = file
    this.#folder = folder
  }

  /** Like `FileHandle.read`. Throws a DiskHangsError if the disk does not respond. */
  async read(
    target: Uint8Array,
    offset: number,
    length: number,
    position: number,
  ): Promise<{ readonly bytesRead: number }> {
    return await userDisks.access(this.#folder, () => this.#file.read(target, offset, length, position))
  }

  /** Closes the file as soon as its disk responds. */
  close(): void {
    if (this.#isClosed) return
    this.#isClosed = true
    userDisks.accessLater(this.#folder, () => this.#file.close())
  }
}

/** Returns a file's bytes; undefined if there are more than `maxBytes`. Reads no more than its size when it is opened. */
export function readUserFile(path: string, maxBytes: number): Uint8Array<ArrayBuffer> | undefined {
  const { file, size } = openUserFile(path)
  try {
    if (size > maxBytes) return undefined
    const bytes = new Uint8Array(size)
    return bytes.subarray(0, readFully(file, bytes, 0))
  } finally {
    closeSync(file)
  }
}

/** Like `readUserFile`, for threads that must not block. */
export async function readUserFileAsync(
  path: string,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer> | undefined> {
  const { file, size } = await openUserFileAsync(path)
  try {
    if (size > maxBytes) return undefined
    const bytes = new Uint8Array(size)
    let done = 0
    for (let count = 1; count > 0 && done < size; done += count)
      count = (await file.read(bytes, done, size - done, done)).bytesRead
    return bytes.subarray(0, done)
  } finally {
    file.close()
  }
}

/** Fills `target` with the bytes from `position`, and returns their number: fewer at the end of the file. */
export function readFully(file: number, target: Uint8Array, position: number): number {
  let done = 0
  while (done < target.length) {
    const count = readSync(file, target, done, target.length - done, position + done)
    if (count === 0) break
    done += count
  }
  return done
}

function checkFile(stats: BigIntStats): Omit<OpenFile<never>, 'file'> {
  if (!stats.isFile()) throw new NotRegularFileError()
  return { size: Number(stats.size), modified: Number(stats.mtimeMs), version: fileVersion(stats) }
}
