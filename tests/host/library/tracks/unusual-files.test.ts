import { execFileSync } from 'node:child_process'
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { rootFolder } from '../../../../electron/platform/paths.ts'
import { isRoot } from '../../../../scripts/system.ts'
import { fixturesFolder } from '../../../fixtures/fixture-files.ts'
import { id3Frame, id3Tag, textFrame } from '../../../fixtures/id3-frames.ts'
import { readTagsOf } from './read-file.ts'

const song = join(fixturesFolder, 'plain', 'No tags at all.mp3')

test('a tag of several megabytes is read with what follows its large frames', async () => {
  const megabytes = (count: number, first: string) =>
    Buffer.concat([Buffer.from(first, 'latin1'), Buffer.alloc(count * 1_000_000, 'a')])
  const tag = id3Tag([
    id3Frame('USLT', megabytes(5, '\0eng\0')),
    id3Frame('PRIV', megabytes(8, 'owner\0')),
    textFrame('TIT2', 'Behind the lyrics'),
    textFrame('TPE1', 'Artist'),
  ])
  expect(tag.length).toBeGreaterThan(13_000_000)
  const tags = await readTagsOf(Buffer.concat([tag, readFileSync(song)]))
  expect(tags).toMatchObject({ title: 'Behind the lyrics', artists: ['Artist'] })
})

/** Reads a file as a user without any rights, in a process of its own, because permissions do not stop root. */
function inspectAsNobody(file: string): unknown {
  const module = pathToFileURL(join(rootFolder, 'electron', 'inspect', 'run-inspection.ts')).href
  const program = join(dirname(file), 'inspect.mjs')
  writeFileSync(
    program,
    `import { runInspection } from ${JSON.stringify(module)}
     await runInspection([${JSON.stringify(file)}])
     process.exit()`,
  )
  const user = isRoot ? { uid: 65_534, gid: 65_534 } : {}
  return JSON.parse(
    execFileSync(process.execPath, [program], { ...user, cwd: '/', timeout: 30_000 }).toString(),
  )
}

test.skipIf(process.platform === 'win32')('a file without permission is reported with what to do', () => {
  const folder = mkdtempSync(join(tmpdir(), 'skein-permission-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  chmodSync(folder, 0o755)
  const file = join(folder, 'song.mp3')
  copyFileSync(song, file)
  chmodSync(file, 0o000)
  expect(inspectAsNobody(file)).toMatchObject({
    path: file,
    error: expect.stringContaining('permission'),
  })
  chmodSync(file, 0o444)
  expect(inspectAsNobody(file)).toMatchObject({ path: file, title: 'song' })
})
