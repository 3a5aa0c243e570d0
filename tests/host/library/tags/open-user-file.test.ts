import { execFileSync } from 'node:child_process'
import { closeSync, mkdirSync, readdirSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import {
  NotRegularFileError,
  openUserFile,
  openUserFileAsync,
  readUserFile,
  readUserFileAsync,
} from '../../../../electron/library/tags/open-user-file.ts'
import { scratchFolder } from '../../scratch.ts'

const isLinux = process.platform === 'linux'

async function makeSocket(path: string): Promise<void> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(path, resolve))
  onTestFinished(() => void server.close())
}

/** What can be in the place of a song or a picture, and is no regular file. */
const impostors: readonly { readonly name: string; readonly make: (path: string) => void | Promise<void> }[] =
  [
    { name: 'a pipe', make: (path) => void execFileSync('mkfifo', [path]) },
    {
      name: 'a link to a pipe',
      make: (path) => {
        execFileSync('mkfifo', [`${path}.pipe`])
        symlinkSync(`${path}.pipe`, path)
      },
    },
    { name: 'an endless device', make: (path) => symlinkSync('/dev/zero', path) },
    { name: 'a terminal', make: (path) => symlinkSync('/dev/ptmx', path) },
    { name: 'a folder', make: (path) => void mkdirSync(path) },
    { name: 'a socket', make: makeSocket },
  ]

describe.runIf(isLinux)('opening a file of the user', () => {
  test.each(impostors)('refuses $name', async ({ make }) => {
    const path = join(scratchFolder(), 'cover.jpg')
    await make(path)
    const openFiles = readdirSync('/proc/self/fd').length
    // A socket cannot even be opened: the system reports that by an error with a code.
    const refusal = expect.toSatisfy(
      (error) => error instanceof NotRegularFileError || (error as { code?: string }).code === 'ENXIO',
    )
    for (const open of [() => openUserFile(path), () => readUserFile(path, 1e9)]) {
      let thrown: unknown
      try {
        open()
      } catch (error) {
        thrown = error
      }
      expect(thrown).toEqual(refusal)
    }
    await expect(openUserFileAsync(path)).rejects.toEqual(refusal)
    await expect(readUserFileAsync(path, 1e9)).rejects.toEqual(refusal)
    expect(readdirSync('/proc/self/fd').length).toBe(openFiles)
  })

  test('reads no more bytes than it may', async () => {
    const path = join(scratchFolder(), 'cover.jpg')
    writeFileSync(path, 'picture')
    expect(Buffer.from(readUserFile(path, 7) ?? []).toString()).toBe('picture')
    expect(Buffer.from((await readUserFileAsync(path, 7)) ?? []).toString()).toBe('picture')
    expect(readUserFile(path, 6)).toBeUndefined()
    expect(await readUserFileAsync(path, 6)).toBeUndefined()
    truncateSync(path, 1e12)
    expect(readUserFile(path, 1e9)).toBeUndefined()
  })

  test('returns the size of the open file', () => {
    const path = join(scratchFolder(), 'song.mp3')
    writeFileSync(path, 'song')
    const { file, size } = openUserFile(path)
    closeSync(file)
    expect(size).toBe(4)
  })
})
