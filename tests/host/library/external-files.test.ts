import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { resolveExternalFiles, resolveLibraryFolder } from '../../../electron/library/external-files.ts'
import { decodePath, toSystemPath } from '../../../electron/platform/system-path.ts'
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

/** Creates a folder with files at these paths. */
function folderWith(...paths: string[]): string {
  const root = scratchFolder()
  for (const path of paths) {
    mkdirSync(toSystemPath(join(root, dirname(path))), { recursive: true })
    writeFileSync(toSystemPath(join(root, path)), 'x')
  }
  return root
}

/** Writes a playlist and resolves it. */
async function resolvePlaylist(
  folder: string,
  content: string | Buffer,
  options: { name?: string; libraries?: readonly string[]; limits?: object } = {},
) {
  const path = join(folder, options.name ?? 'list.m3u')
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, content)
  const found = await resolveExternalFiles([path], options.libraries, options.limits)
  return { ...found, names: names(found, folder) }
}

describe('an entry of a playlist', () => {
  test.each([
    ['a path with backslashes', 'sub\\two.mp3', 'sub/two.mp3'],
    ['a dot and a backslash', '.\\one.mp3', 'one.mp3'],
    ['spaces around it', '  one.mp3\t', 'one.mp3'],
    ['percent-encoding', 'a%20b.mp3', 'a b.mp3'],
    ['percent-encoding and backslashes', 'sub\\K%C3%A4se.mp3', 'sub/Käse.mp3'],
    ['an encoded code page', 'sub/K%E4se.mp3', 'sub/Käse.mp3'],
    ['the decomposed form', 'sub/Ka\u0308se.mp3', 'sub/Käse.mp3'],
    ['the composed form', 'sub/Körper.mp3', 'sub/Ko\u0308rper.mp3'],
    ['another case', 'SUB/TWO.MP3', 'sub/two.mp3'],
    ['another case and form', 'Sub\\KO\u0308RPER.mp3', 'sub/Ko\u0308rper.mp3'],
    ['the drive of another system', 'C:\\Users\\me\\Music\\sub\\two.mp3', 'sub/two.mp3'],
    ['another machine, but the file is here', '\\\\NAS\\Music\\sub\\two.mp3', 'sub/two.mp3'],
    ['another root', '/Volumes/Music/sub/two.mp3', 'sub/two.mp3'],
    ['another folder', 'gone/deeper.mp3', 'sub/below/deeper.mp3'],
    ['an address of another system', 'file:///C:/Music/sub/a%20b.mp3', 'a b.mp3'],
    ['a name that begins like a comment', '#1 hits/wanted.mp3', '#1 hits/wanted.mp3'],
    ['lost bytes', 'S\uFFFDng.mp3', 'S\udcf6ng.mp3'],
  ])('with %s is found', async (_what, line, expected) => {
    const folder = folderWith(
      'one.mp3',
      'sub/two.mp3',
      'a b.mp3',
      'sub/Käse.mp3',
      'sub/Ko\u0308rper.mp3',
      'sub/below/deeper.mp3',
      '#1 hits/wanted.mp3',
      'S\udcf6ng.mp3',
    )
    expect(await resolvePlaylist(folder, `#EXTM3U\n${line}\n`)).toMatchObject({
      names: [expected],
      problems: [],
    })
  })

  test.each([
    ['back\\slash.mp3', 'back/slash.mp3'],
    ['a%20b.mp3', 'a b.mp3'],
    [' a.mp3', 'a.mp3'],
    ['Ko\u0308rper.mp3', 'Körper.mp3'],
    ['ONE.mp3', 'one.mp3'],
    ['deep/one.mp3', 'one.mp3'],
  ])('%j is taken literally first', async (literal, other) => {
    const folder = folderWith(literal, other)
    expect((await resolvePlaylist(folder, `${literal}\n${other}\n`)).names).toEqual([literal, other])
  })

  test('in an old code page is found in UTF-8 names, and in names of the same bytes', async () => {
    const folder = folderWith('Käse.mp3', 'Песня.mp3', '表紙.mp3', 'B\udce4r.mp3')
    const lines = [
      Buffer.from('K\xe4se.mp3', 'latin1'),
      Buffer.from([0xcf, 0xe5, 0xf1, 0xed, 0xff, ...Buffer.from('.mp3')]),
      Buffer.from([0x95, 0x5c, 0x8e, 0x86, ...Buffer.from('.mp3')]),
      Buffer.from('B\xe4r.mp3', 'latin1'),
    ]
    const list = Buffer.concat(lines.flatMap((line) => [line, Buffer.from('\r\n')]))
    const found = await resolvePlaylist(folder, list)
    expect(found.names).toEqual(['Käse.mp3', 'Песня.mp3', '表紙.mp3', 'B\udce4r.mp3'])
    expect(found.files[3]?.path).toBe(`${folder}/B\uFFFDr.mp3`)
  })

  test('is searched by its name in the library, by as many folders as fit', async () => {
    const library = folderWith('A/Best of/01.mp3', 'B/Best of/01.mp3', 'B/Live/01.mp3', 'B/Live/02.mp3')
    const folder = folderWith('elsewhere/x.mp3')
    const lines = ['D:\\B\\Best of\\01.mp3', '/music/live/02.MP3', 'Best of/01.mp3', '01.mp3']
    const { files, problems } = await resolvePlaylist(folder, lines.join('\n'), { libraries: [library] })
    expect(files.map(({ file }) => file.slice(library.length + 1))).toEqual([
      'B/Best of/01.mp3',
      'B/Live/02.mp3',
    ])
    expect(problems).toEqual([
      {
        path: 'Best of/01.mp3',
        reason: 'The file is not where the playlist says, and 2 others have its name.',
      },
      { path: '01.mp3', reason: 'The file is not where the playlist says, and 3 others have its name.' },
    ])
  })

  test('is searched in all folders of the library, and the longest common end of the path counts', async () => {
    const libraries = [folderWith('C/Other/01.mp3', 'C/Other/03.mp3'), folderWith('B/Best of/01.mp3')]
    const folder = folderWith('elsewhere/x.mp3')
    const lines = ['D:\\B\\Best of\\01.mp3', 'gone/03.mp3']
    const { files, problems } = await resolvePlaylist(folder, lines.join('\n'), { libraries })
    expect(problems).toEqual([])
    expect(files.map(({ file }) => file)).toEqual([
      join(libraries[1] ?? '', 'B/Best of/01.mp3'),
      join(libraries[0] ?? '', 'C/Other/03.mp3'),
    ])
  })

  test('that is missing, or on another machine, is reported', async () => {
    const folder = folderWith('one.mp3')
    const lines = [
      '# a comment',
      'http://radio/x.mp3',
      'smb://nas/x.mp3',
      'gone.mp3',
      '/',
      'one.mp3',
      'list.m3u',
    ]
    const { names: found, problems } = await resolvePlaylist(folder, lines.join('\n'))
    expect(found).toEqual(['one.mp3'])
    expect(problems.map(({ path, reason }) => `${path.replace(folder, '')}: ${reason.slice(0, 25)}`)).toEqual(
      [
        'http://radio/x.mp3: This is an address on ano',
        'smb://nas/x.mp3: This is an address on ano',
        'gone.mp3: The file no longer exists',
        '/: A playlist cannot stand f',
        '/list.m3u: This playlist contains it',
      ],
    )
  })

  test('that is a playlist stands for its entries, relative to its own folder', async () => {
    const folder = folderWith('one.mp3', 'sub/two.mp3', 'sub/below/three.mp3')
    writeFileSync(join(folder, 'sub', 'inner.m3u8'), 'two.mp3\r..\\list.m3u\rbelow/inner.pls\r')
    writeFileSync(
      join(folder, 'sub', 'below', 'inner.pls'),
      '[playlist]\nFile1=inner.xspf\nFile2=../../one.mp3\n',
    )
    const document = '<playlist><track><location>three.mp3</location></track></playlist>'
    writeFileSync(join(folder, 'sub', 'below', 'inner.xspf'), document)
    const { names: found, problems } = await resolvePlaylist(folder, 'sub/inner.m3u8\none.mp3\n')
    expect(found).toEqual(['sub/two.mp3', 'sub/below/three.mp3', 'one.mp3', 'one.mp3'])
    expect(problems.map(({ path }) => path)).toEqual([join(folder, 'list.m3u')])
  })

  test('that is a folder stands for what is below it', async () => {
    const folder = folderWith('sub/two.mp3', 'sub/below/three.mp3', 'sub/.hidden.mp3')
    expect((await resolvePlaylist(folder, 'sub\n')).names).toEqual(['sub/two.mp3', 'sub/below/three.mp3'])
  })
})

describe('what is left out because of a limit', () => {
  const lines = Array.from({ length: 5 }, (_, number) => `${number}.mp3`)
  test.each([
    ['files', { files: 3 }, 'Skein opens up to 3 files at once: 2 were left out.'],
    ['entries', { entries: 3 }, 'Skein reads up to 3 entries of playlists at once: the last 2 of '],
  ])('is counted for %s of a playlist', async (_what, limits, sentence) => {
    const found = await resolvePlaylist(folderWith(...lines), lines.join('\n'), { limits })
    expect(found.names).toEqual(['0.mp3', '1.mp3', '2.mp3'])
    expect(found.limits).toEqual([expect.stringContaining(sentence)])
  })

  test('is counted for files and folders of a folder', async () => {
    const folder = folderWith(...lines, 'a/5.mp3', 'b/6.mp3')
    const few = await resolveExternalFiles([folder], [], { files: 3 })
    expect(names(few, folder)).toEqual(['0.mp3', '1.mp3', '2.mp3'])
    expect(few.limits).toEqual([expect.stringContaining('4 were left out')])
    const shallow = await resolveExternalFiles([folder], [], { folders: 2 })
    expect(names(shallow, folder)).toEqual([...lines, 'a/5.mp3'])
    expect(shallow.limits).toEqual([expect.stringContaining('contains more than 2 folders')])
  })

  test('is counted for problems', async () => {
    const found = await resolvePlaylist(scratchFolder(), lines.join('\n'), { limits: { problems: 2 } })
    expect(found.problems).toHaveLength(2)
    expect(found.unlistedProblems).toBe(3)
  })

  test('is nothing with 10,050 files', async () => {
    const folder = scratchFolder()
    const many = Array.from({ length: 10_050 }, (_, number) => `${number}.mp3`)
    for (const name of many) writeFileSync(join(folder, name), '')
    const found = await resolvePlaylist(folder, many.join('\n'))
    expect(found.names).toEqual(many)
    expect(found.limits).toEqual([])
  })

  test('stays small with 690,000 lines that name nothing', async () => {
    const found = await resolvePlaylist(scratchFolder(), 'x\n'.repeat(690_000))
    expect(found.files).toEqual([])
    expect(found.problems).toHaveLength(1000)
    expect(found.unlistedProblems).toBe(99_000)
    expect(found.limits).toEqual([expect.stringContaining('the last 590000 of')])
  }, 60_000)
})

describe('a path that the user names', () => {
  test.runIf(process.platform === 'linux')('is found although its bytes were lost', async () => {
    const folder = folderWith('K\udce4se/S\udcf6ng.mp3')
    const named = decodePath(Buffer.from(join(folder, 'K\uFFFDse')))
    expect(await resolveLibraryFolder([named])).toBe(join(folder, 'K\udce4se'))
    const found = await resolveExternalFiles([join(named, 'S\uFFFDng.mp3')])
    expect(names(found, folder)).toEqual(['K\udce4se/S\udcf6ng.mp3'])
  })

  test('is a folder although its name is that of a file', async () => {
    const folder = folderWith('album.mp3/one.mp3', 'list.m3u/two.mp3')
    for (const name of ['album.mp3', 'list.m3u'])
      expect(await resolveLibraryFolder([join(folder, name)])).toBe(join(folder, name))
  })

  test('may be a link', async () => {
    const folder = folderWith('one.mp3')
    symlinkSync('one.mp3', join(folder, 'link.mp3'))
    expect(names(await resolveExternalFiles([join(folder, 'link.mp3')]), folder)).toEqual(['link.mp3'])
  })
})
