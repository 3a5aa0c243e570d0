import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { walk } from '../../../electron/library/walk.ts'
import { makeOddNames } from '../../fixtures/make-libraries.ts'
import { scratchFolder } from '../scratch.ts'

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
    const root = folderWith(
      'b.MP3',
      'a.flac',
      'c.txt',
      'd.mp3.part',
      'sub/e.OpUs',
      'sub/deeper/f.aif',
      '.g.mp3',
      'mp3',
    )
    expect((await walkAll(root)).files).toEqual([
      '.g.mp3',
      'a.flac',
      'b.MP3',
      'sub/e.OpUs',
      'sub/deeper/f.aif',
    ])
  })

  test('finds files with every name that the file system allows', async () => {
    const root = scratchFolder()
    const { playable, unreadable } = makeOddNames(root)
    expect(playable.length).toBeGreaterThan(10)
    const { files, problems } = await walkAll(root)
    expect(new Set(files)).toEqual(new Set([...playable, ...unreadable]))
    expect(problems).toEqual([])
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
})
