import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { walk } from '../../../electron/library/walk.ts'
import { toSystemPath } from '../../../electron/platform/system-path.ts'
import { m } from '../../../shared/i18n/messages.js'
import { canHang, mountHangingDisk } from '../../fixtures/hanging-disk/hanging-disk.ts'
import { makeOddNames } from '../../fixtures/make-libraries.ts'
import { canMount, scratchFolder, smallDisk } from '../scratch.ts'

/** Root may read everything, so the test runs as another user meanwhile. */
async function asOrdinaryUser<Value>(action: () => Promise<Value>): Promise<Value> {
  if (process.getuid?.() !== 0) return await action()
  process.seteuid?.(65_534)
  try {
    return await action()
  } finally {
    process.seteuid?.(0)
  }
}

async function walkAll(root: string) {
  const files: string[] = []
  const pictures: (string | undefined)[] = []
  const problems: { path: string; reason: string }[] = []
  for await (const folder of walk(root, new AbortController().signal)) {
    files.push(...folder.files.map(({ path }) => path))
    pictures.push(...folder.files.map(({ picture }) => picture))
    problems.push(...folder.problems)
  }
  return { files, pictures, problems }
}

/** Creates a folder with empty files at these paths. */
function folderWith(...paths: string[]): string {
  const root = scratchFolder()
  for (const path of paths) {
    mkdirSync(join(root, path, '..'), { recursive: true })
    writeFileSync(join(root, path), '')
  }
  return root
}

describe('a walk', () => {
  test('finds the files with an audio extension in any case, and no others, sorted by name', async () => {
    const root = folderWith('b.MP3', 'a.flac', 'c.txt', 'd.mp3.part', 'sub/e.OpUs', 'sub/deeper/f.aif', 'mp3')
    expect((await walkAll(root)).files).toEqual(['a.flac', 'b.MP3', 'sub/e.OpUs', 'sub/deeper/f.aif'])
  })

  test('finds files with every name that the file system allows', async () => {
    const root = scratchFolder()
    const { playable, unreadable } = makeOddNames(root)
    expect(playable.length).toBeGreaterThan(10)
    const { files, problems } = await walkAll(root)
    expect(new Set(files)).toEqual(new Set([...playable, ...unreadable]))
    expect(problems).toEqual([])
  })

  test('takes the picture of the album for a disc without one, and for no other folder', async () => {
    const root = folderWith(
      'cover.jpg',
      'CD1/a.mp3',
      'CD2 - Live/front.png',
      'CD2 - Live/b.mp3',
      'Live/c.mp3',
    )
    const { files, pictures } = await walkAll(root)
    expect(files).toEqual(['CD1/a.mp3', 'CD2 - Live/b.mp3', 'Live/c.mp3'])
    expect(pictures).toEqual([join(root, 'cover.jpg'), join(root, 'CD2 - Live', 'front.png'), undefined])
  })

  test('takes the picture with a usual cover name, in any case', async () => {
    const root = folderWith(
      'one/a.mp3',
      'one/back.jpg',
      'one/Folder.PNG',
      'one/COVER.JPEG',
      'two/b.mp3',
      'two/other.jpg',
    )
    expect((await walkAll(root)).pictures).toEqual([join(root, 'one', 'COVER.JPEG'), undefined])
  })

  test('walks deep folders', async () => {
    const root = scratchFolder()
    const path = Array.from({ length: 120 }, (_, depth) => `level ${depth}`)
    mkdirSync(join(root, ...path), { recursive: true })
    writeFileSync(join(root, ...path, 'deep.mp3'), '')
    expect((await walkAll(root)).files).toEqual([[...path, 'deep.mp3'].join('/')])
  })

  test('follows links, but visits no folder twice and none above its root', async () => {
    const outside = folderWith('linked.mp3')
    const root = folderWith('a/one.mp3', 'b/two.mp3')
    symlinkSync(outside, join(root, 'outside'))
    symlinkSync('..', join(root, 'a', 'up'))
    symlinkSync('../..', join(root, 'a', 'above the root'))
    symlinkSync('/', join(root, 'everything'))
    symlinkSync('../b', join(root, 'a', 'b again'))
    symlinkSync('.', join(root, 'b', 'self'))
    const { files, problems } = await walkAll(root)
    expect(files).toEqual(['a/one.mp3', 'b/two.mp3', 'outside/linked.mp3'])
    expect(problems).toEqual([])
  })

  test('reports broken and circular links, and pipes', async () => {
    const root = folderWith('good.mp3')
    symlinkSync('nowhere', join(root, 'broken.mp3'))
    symlinkSync('circle.mp3', join(root, 'circle.mp3'))
    symlinkSync('nowhere', join(root, 'not audio'))
    execFileSync('mkfifo', [join(root, 'pipe.mp3')])
    const { files, problems } = await walkAll(root)
    expect(files).toEqual(['good.mp3'])
    expect(problems.map(({ path }) => path)).toEqual(['broken.mp3', 'circle.mp3', 'pipe.mp3'])
    for (const { reason } of problems) expect(reason).toMatch(/^.+: .+\.$|^The file no longer exists/)
  })

  test('reports an unreadable folder, and continues', async () => {
    const root = folderWith('closed/a.mp3', 'open/b.mp3')
    chmodSync(root, 0o755)
    chmodSync(join(root, 'closed'), 0)
    const { files, problems } = await asOrdinaryUser(() => walkAll(root))
    chmodSync(join(root, 'closed'), 0o700)
    expect(files).toEqual(['open/b.mp3'])
    expect(problems).toEqual([
      { path: 'closed', reason: 'Skein has no permission to read this folder: change its permissions.' },
    ])
  })

  test('reports a folder with a path that is too long for the system, and continues', async () => {
    const root = folderWith('open/b.mp3')
    // Step by step, because the complete path is too long for this system, too.
    const script =
      "for (const name of Array(25).fill('x'.repeat(200))) { fs.mkdirSync(name); process.chdir(name) }"
    execFileSync(process.execPath, ['-e', script], { cwd: root })
    onTestFinished(() => void execFileSync('rm', ['-rf', root]))
    const { files, problems } = await walkAll(root)
    expect(files).toEqual(['open/b.mp3'])
    expect(problems).toHaveLength(1)
    expect(problems[0]?.reason).toMatch(/longer than the system can open/)
  })

  test('reports a missing root', async () => {
    const { files, problems } = await walkAll(join(scratchFolder(), 'gone'))
    expect(files).toEqual([])
    expect(problems).toHaveLength(1)
  })

  test('ends when it is aborted', async () => {
    const root = folderWith('a/1.mp3', 'b/2.mp3', 'c/3.mp3')
    const stopping = new AbortController()
    let folders = 0
    for await (const _ of walk(root, stopping.signal)) {
      folders++
      stopping.abort()
    }
    expect(folders).toBe(1)
  })

  test.each([
    ['a hidden file', '.hidden.mp3'],
    ['a file in a hidden folder', '.hidden/song.mp3'],
    ['a companion of macOS', '._song.mp3'],
    ['a companion of a name with dots', '._...And Justice.mp3'],
    ['a companion by Netatalk', ':2e_song.mp3'],
    ['companions in an archive of macOS', '__MACOSX/album/song.mp3'],
    ['companions by Netatalk 2', '.AppleDouble/song.mp3'],
    ['the trash of Linux', '.Trash-1000/files/song.mp3'],
    ['the trash of Linux for all users', '.Trash/1000/files/song.mp3'],
    ['the trash of macOS', '.Trashes/501/song.mp3'],
    ['the trash of Windows', '$RECYCLE.BIN/S-1-5-21/$R1A2B3C.mp3'],
    ['the trash of Windows in lower case', '$Recycle.Bin/song.mp3'],
    ['the trash of Windows XP', 'RECYCLER/S-1-5-21-1004336348-1/Dc1.mp3'],
    ['the trash of Synology', '#recycle/song.mp3'],
    ['the trash of QNAP', '@Recycle/song.mp3'],
    ['snapshots of Synology', '#snapshot/2024/song.mp3'],
    ['snapshots of NetApp', '~snapshot/2024/song.mp3'],
    ['indexes of Synology', 'album/@eaDir/song.mp3/SYNOAUDIO_01.mp3'],
    ['system data of Windows', 'System Volume Information/song.mp3'],
    ['found fragments', 'lost+found/#123.mp3'],
  ])('passes over %s without a problem', async (_what, path) => {
    const root = folderWith('kept.mp3', path)
    expect(await walkAll(root)).toMatchObject({ files: ['kept.mp3'], problems: [] })
  })

  test.each([
    '...And Justice for All/blackened.mp3',
    '...baby one more time.mp3',
    '..hidden by nobody.mp3',
    'Recycler/my head.mp3',
    'Recycled/automaton.mp3',
    '$uicideboy$/song.mp3',
    '@ the club/song.mp3',
    '#1 hits/song.mp3',
    'Trash/song.mp3',
    'lost + found/song.mp3',
    'Vol. 1/song.mp3',
    'x.y.z/song.mp3',
  ])('finds %s', async (path) => {
    expect((await walkAll(folderWith(path))).files).toEqual([path])
  })

  test('reads a root that is hidden itself', async () => {
    const root = folderWith('.music/song.mp3')
    expect((await walkAll(join(root, '.music'))).files).toEqual(['song.mp3'])
  })

  test.runIf(canMount)('reads the root of a drive', async () => {
    const drive = smallDisk(1024)
    mkdirSync(join(drive, 'album'))
    writeFileSync(join(drive, 'song.mp3'), '')
    writeFileSync(join(drive, 'album', 'song.mp3'), '')
    expect((await walkAll(drive)).files).toEqual(['song.mp3', 'album/song.mp3'])
  })

  test('enters the folders below the root of the file system', async () => {
    const stopping = new AbortController()
    let folders = 0
    for await (const { problems } of walk('/', stopping.signal)) {
      expect(problems).toEqual([])
      folders++
      if (folders === 2) stopping.abort()
    }
    expect(folders).toBe(2)
  })

  test.runIf(process.platform === 'linux')('enters none of the folders of the kernel', async () => {
    const root = folderWith('song.mp3')
    for (const folder of ['proc', 'sys', 'dev']) symlinkSync(`/${folder}`, join(root, folder))
    let folders = 0
    for await (const { problems } of walk(root, new AbortController().signal)) {
      expect(problems).toEqual([])
      folders++
    }
    expect(folders).toBe(4)
  })

  test.runIf(canMount)('reads a folder that is mounted below itself once', async () => {
    const root = folderWith('album/song.mp3', 'loop/.keep')
    execFileSync('mount', ['--bind', root, join(root, 'loop')])
    onTestFinished(() => void execFileSync('umount', ['-l', join(root, 'loop')]))
    expect(await walkAll(root)).toMatchObject({ files: ['album/song.mp3'], problems: [] })
    // Through the mounted path the root is the same folder as one that contains it.
    expect((await walkAll(join(root, 'loop'))).files).toEqual(['album/song.mp3'])
  })

  test.runIf(canMount)('reads a folder that is mounted twice once', async () => {
    const root = folderWith('album/song.mp3', 'copy/.keep')
    execFileSync('mount', ['--bind', join(root, 'album'), join(root, 'copy')])
    onTestFinished(() => void execFileSync('umount', ['-l', join(root, 'copy')]))
    expect((await walkAll(root)).files).toEqual(['album/song.mp3'])
  })

  test('reads a linked root, and follows no link to a folder above its target', async () => {
    const outside = folderWith('library/song.mp3', 'other/not wanted.mp3')
    symlinkSync(outside, join(outside, 'library', 'up'))
    const root = join(scratchFolder(), 'link')
    symlinkSync(join(outside, 'library'), root)
    expect((await walkAll(root)).files).toEqual(['song.mp3'])
  })

  test.runIf(process.platform === 'linux')('finds names that are not valid UTF-8', async () => {
    const root = scratchFolder()
    const bytes = (name: string) => Buffer.concat([Buffer.from(`${root}/`), Buffer.from(name, 'latin1')])
    mkdirSync(bytes('K\xe4se'))
    writeFileSync(bytes('K\xe4se/S\xf6ng.mp3'), 'latin1')
    writeFileSync(bytes('K\xe4se/cover.jpg'), 'picture')
    writeFileSync(bytes('K\xe4se/S\xf5ng.mp3'), 'another')
    const found = []
    for await (const { files, problems } of walk(root, new AbortController().signal)) {
      found.push(...files)
      expect(problems).toEqual([])
    }
    expect(found.map(({ path }) => path)).toEqual(['K\uFFFDse/S\uFFFDng.mp3', 'K\uFFFDse/S\uFFFDng.mp3'])
    const contents = found.map(({ file, picture }) => [
      readFileSync(toSystemPath(file), 'utf8'),
      readFileSync(toSystemPath(picture ?? ''), 'utf8'),
    ])
    expect(contents).toEqual([
      ['another', 'picture'],
      ['latin1', 'picture'],
    ])
  })

  test.runIf(canHang)(
    'ends with a sentence for each folder whose disk does not respond',
    async () => {
      const disk = await mountHangingDisk()
      onTestFinished(() => disk.remove())
      for (const folder of ['one', 'two']) mkdirSync(join(disk.source, folder))
      writeFileSync(join(disk.source, 'song.mp3'), '')
      const problems = []
      for await (const walked of walk(disk.path, new AbortController().signal)) {
        if (walked.files.length > 0) disk.hang()
        problems.push(...walked.problems)
      }
      const reason = m.host_disk_hangs()
      expect(problems).toEqual([
        { path: 'one', reason },
        { path: 'two', reason },
      ])
    },
    20_000,
  )

  test('lists a folder with more folders than a call has arguments', async () => {
    const root = canMount ? smallDisk(512 * 1024) : scratchFolder()
    for (let number = 0; number < 130_000; number++) mkdirSync(`${root}/${number}`)
    const walking = walk(root, new AbortController().signal)
    await expect(walking.next()).resolves.toMatchObject({ done: false })
    await walking.return(undefined)
  }, 60_000)
})
