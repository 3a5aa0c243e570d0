import { mkdirSync, symlinkSync, unlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, test } from 'vitest'
import { type DirectoryListing, listDirectory } from '../../../electron/library/listing/list-directory.ts'
import { signFiles } from '../../../electron/library/listing/sign-files.ts'
import { settledTime } from '../../../electron/library/tags/file-version.ts'
import { scratchFolder } from '../scratch.ts'

let folder: string

/** A time long ago, in seconds, and the same as the listing has it. */
const past = 1_700_000_000
const pastNs = `${past}000000000`

beforeEach(() => {
  folder = scratchFolder()
})

function list(...known: [modifiedNs: string, signature?: string] | []): DirectoryListing | undefined {
  const [modifiedNs, signature] = known
  const result = listDirectory(
    folder,
    modifiedNs === undefined ? undefined : { modifiedNs, ...(signature !== undefined && { signature }) },
  )
  if ('error' in result) throw new Error(String(result.error.code))
  return result.listing
}

function write(name: string, content = '', time = past): void {
  writeFileSync(join(folder, name), content)
  utimesSync(join(folder, name), time, time)
  utimesSync(folder, past, past)
}

describe('a listing', () => {
  test('has folders, audio files, links, the picture and what is no file, sorted', () => {
    mkdirSync(join(folder, 'b'))
    mkdirSync(join(folder, 'a.mp3'))
    mkdirSync(join(folder, '.hidden'))
    symlinkSync('b', join(folder, 'link'))
    write('2.mp3')
    write('1.FLAC')
    write('notes.txt')
    write('Folder.jpg')
    expect(list()).toEqual({
      modifiedNs: pastNs,
      folders: ['a.mp3', 'b'],
      links: ['link'],
      files: ['1.FLAC', '2.mp3'],
      others: [],
      picture: { name: 'Folder.jpg', version: `0/${pastNs}` },
    })
  })

  test('of a missing folder is the error', () => {
    expect(listDirectory(join(folder, 'gone'))).toEqual({ error: { code: 'ENOENT' } })
  })

  test('is left out as long as the folder has its time', () => {
    write('1.mp3')
    expect(list(pastNs)).toBeUndefined()
    expect(list('1')).toMatchObject({ files: ['1.mp3'] })
    unlinkSync(join(folder, '1.mp3'))
    expect(list(pastNs)).toMatchObject({ files: [] })
  })

  test('of a folder that was just changed has no time, so that it is listed again', () => {
    writeFileSync(join(folder, '1.mp3'), '')
    const modifiedNs = list()?.modifiedNs ?? ''
    expect(modifiedNs).toBe('')
    expect(list(modifiedNs)).toBeDefined()
  })

  test('notices a file that changes in place, if it compares the files', () => {
    write('1.mp3', 'one')
    write('2.mp3', 'two')
    const versions = ['1.mp3', '2.mp3'].map((name) => ({ name, size: 3, modifiedNs: pastNs }))
    const signature = signFiles(versions)
    expect(list(pastNs, signature)).toBeUndefined()
    write('2.mp3', 'TWO', past + 1)
    expect(list(pastNs)).toBeUndefined()
    expect(list(pastNs, signature)).toMatchObject({ files: ['1.mp3', '2.mp3'] })
  })
})

test('a signature does not depend on the order of the files, and a file without a time has no signature', () => {
  const [a, b] = ['a', 'b'].map((name) => ({ name, size: 1, modifiedNs: '1' }))
  if (a === undefined || b === undefined) throw new Error('no files')
  expect(signFiles([a, b])).toBe(signFiles([b, a]))
  expect(signFiles([a])).not.toBe(signFiles([{ ...a, size: 2 }]))
  const unsettled = { ...a, modifiedNs: '' }
  expect(signFiles([unsettled])).not.toBe(signFiles([unsettled]))
})

describe('the time of a change counts', () => {
  const now = 1_800_000_000_000
  const ns = (ms: number, rest: bigint) => BigInt(ms) * 1_000_000n + rest

  test.each([
    ['long ago', ns(now - 60_000, 0n), true],
    ['on a disk with precise times, after a moment', ns(now - 60, 1n), true],
    ['on a disk with precise times, not at once', ns(now - 40, 1n), false],
    ['on a disk with coarse times, after some seconds', ns(now - 3001, 0n), true],
    ['on a disk with coarse times, not at once', ns(now - 2000, 0n), false],
    ['in the far future', ns(now + 1e9, 0n), true],
    ['of a clock that is ahead by a moment, not yet', ns(now + 20, 5n), false],
  ])('%s', (_when, modifiedNs, counts) => {
    expect(settledTime(modifiedNs, now)).toBe(counts ? String(modifiedNs) : '')
  })
})
