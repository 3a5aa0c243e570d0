import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { resolveExternalFiles, resolveLibraryFolder } from '../../../electron/library/external-files.ts'
import { copyFixtures } from '../../fixtures/make-libraries.ts'
import { scratchFolder } from '../scratch.ts'

const names = (found: Awaited<ReturnType<typeof resolveExternalFiles>>, folder: string) =>
  found.files.map(({ file }) => file.slice(folder.length + 1))

describe('paths on the command line', () => {
  test('are files in their order, or folders with all files below them', async () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'album'))
    copyFixtures('tones', ['tone.ogg', 'tone.mp3'], join(folder, 'album'))
    copyFixtures('tones', ['tone.flac'], folder)
    const found = await resolveExternalFiles([join(folder, 'tone.flac'), join(folder, 'album')])
    expect(names(found, folder)).toEqual(['tone.flac', 'album/tone.mp3', 'album/tone.ogg'])
    expect(found.problems).toEqual([])
  })

  test('of playlists become the files that they list, in any encoding', async () => {
    const folder = scratchFolder()
    copyFixtures('tones', ['tone.ogg', 'tone.mp3'], folder)
    for (const name of ['Käse.wav', 'Requiem: Introitus.mp3', 'a file.mp3'])
      writeFileSync(join(folder, name), 'x')
    const lines = [
      '\uFEFF#EXTM3U',
      '#EXTINF:1,x',
      'tone.ogg',
      '',
      'http://radio/x.mp3',
      `${folder}/tone.mp3`,
      'Käse.wav',
      'Requiem: Introitus.mp3',
      pathToFileURL(join(folder, 'a file.mp3')).href,
    ]
    for (const [name, encoding] of [
      ['list.m3u8', 'utf8'],
      ['list.m3u', 'latin1'],
    ] as const) {
      const text = lines.join('\r\n')
      writeFileSync(join(folder, name), encoding === 'utf8' ? text : text.slice(1), encoding)
      const found = await resolveExternalFiles([join(folder, name)])
      expect(names(found, folder)).toEqual([
        'tone.ogg',
        'tone.mp3',
        'Käse.wav',
        'Requiem: Introitus.mp3',
        'a file.mp3',
      ])
    }
  })

  test('of missing files, or files without music, are reported with the reason', async () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'notes.txt'), 'x')
    const found = await resolveExternalFiles([join(folder, 'notes.txt'), join(folder, 'gone.mp3')])
    expect(found.files).toEqual([])
    expect(found.problems.map(({ reason }) => reason)).toEqual([
      'The file contains no audio that Skein knows, whatever its name says.',
      'The file no longer exists, or is a link to something that no longer exists.',
    ])
  })

  test('select the library if there is only one folder', async () => {
    const folder = scratchFolder()
    copyFixtures('tones', ['tone.ogg'], folder)
    expect(await resolveLibraryFolder([folder])).toBe(folder)
    expect(await resolveLibraryFolder([join(folder, 'no such folder')])).toBe(join(folder, 'no such folder'))
    expect(await resolveLibraryFolder([folder, folder])).toBeUndefined()
    expect(await resolveLibraryFolder([join(folder, 'tone.ogg')])).toBeUndefined()
    expect(await resolveLibraryFolder([join(folder, 'gone.ogg')])).toBeUndefined()
  })
})
