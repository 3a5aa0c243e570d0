import { mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { Folders } from '../../../electron/library/folders.ts'
import { scratchFolder } from '../scratch.ts'

describe('a listing of a folder', () => {
  test('lists its folders in natural order, and counts its audio files', async () => {
    const start = scratchFolder()
    for (const name of ['Disc 10', 'Disc 2', '.hidden', 'ümlaut #1']) mkdirSync(join(start, name))
    for (const name of ['a.mp3', 'b.FLAC', 'notes.txt']) writeFileSync(join(start, name), '')
    symlinkSync('Disc 2', join(start, 'linked'))
    symlinkSync('nowhere', join(start, 'broken'))
    const { path, folders, audioFiles } = await new Folders(start).list(undefined)
    expect(path).toBe(start)
    expect(folders.map(({ name }) => name)).toEqual(['Disc 2', 'Disc 10', 'linked', 'ümlaut #1'])
    expect(audioFiles).toBe(2)
  })

  test('leaves out what a scan passes over', async () => {
    const start = scratchFolder()
    for (const name of ['$RECYCLE.BIN', '#recycle', '@eaDir', '.Trash-1000', '...And Justice'])
      mkdirSync(join(start, name))
    for (const name of ['a.mp3', '._a.mp3']) writeFileSync(join(start, name), '')
    const { folders, audioFiles } = await new Folders(start).list(undefined)
    expect(folders.map(({ name }) => name)).toEqual(['...And Justice'])
    expect(audioFiles).toBe(1)
  })

  test.runIf(process.platform === 'linux')('opens a folder whose name is not valid UTF-8', async () => {
    const start = scratchFolder()
    const folder = Buffer.from(`${start}/K\xe4se`, 'latin1')
    mkdirSync(folder)
    writeFileSync(Buffer.concat([folder, Buffer.from('/a.mp3')]), '')
    const folders = new Folders(start)
    const [below] = (await folders.list(undefined)).folders
    expect(below?.name).toBe('K\uFFFDse')
    expect(await folders.list(below?.id)).toMatchObject({ path: `${start}/K\uFFFDse`, audioFiles: 1 })
  })

  test('leads down and up by numbers that do not change', async () => {
    const start = scratchFolder()
    mkdirSync(join(start, 'below'))
    const folders = new Folders(start)
    const top = await folders.list(undefined)
    const below = await folders.list(top.folders[0]?.id)
    expect(below.path).toBe(join(start, 'below'))
    expect(below.parent).toBe(top.id)
    expect(await folders.list(below.parent)).toEqual(top)
    expect(folders.pathOf(below.id)).toBe(join(start, 'below'))
  })

  test('ends at the root, which has no parent', async () => {
    const folders = new Folders(scratchFolder())
    let listing = await folders.list(undefined)
    while (listing.parent !== undefined) listing = await folders.list(listing.parent)
    expect(listing.path).toBe('/')
  })

  test('is rejected with a sentence for an unknown number and for a missing folder', async () => {
    const start = scratchFolder()
    mkdirSync(join(start, 'below'))
    const folders = new Folders(start)
    const { folders: listed } = await folders.list(undefined)
    rmSync(join(start, 'below'), { recursive: true })
    await expect(folders.list(listed[0]?.id)).rejects.toThrow(/there is no such folder\.$/)
    await expect(folders.list(777)).rejects.toThrow('This folder is not in the list: go to it again.')
  })
})
