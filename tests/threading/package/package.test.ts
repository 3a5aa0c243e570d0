import { execFileSync } from 'node:child_process'
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installPacked, nodeProgram, project, writeSamples } from './packed.ts'
import { textInChromium } from './page.ts'

let folder: string

beforeAll(() => {
  folder = installPacked()
  writeSamples(folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const installed = () => join(folder, 'node_modules/@skein/threading')
const filesIn = (path: string) => readdirSync(path, { recursive: true, encoding: 'utf8' })

describe('The tarball', () => {
  test('has JavaScript, types and documents, and no sources', () => {
    const files = filesIn(installed())
    for (const name of ['README.md', 'LICENSE', 'CHANGELOG.md', 'package.json']) expect(files).toContain(name)
    for (const entry of ['index', 'node', 'web', 'inspect', 'worklet'])
      for (const end of ['js', 'd.ts']) expect(files).toContain(join('dist', `${entry}.${end}`))
    expect(files.filter((file) => file.endsWith('.ts') && !file.endsWith('.d.ts'))).toEqual([])
  })

  test('leaves the repository as it was', () => {
    const manifest = readFileSync(join(project, 'shared/threading/package.json'), 'utf8')
    expect(manifest).toContain('./src/index.ts')
  })

  test('shows no internals in its types', () => {
    const types = filesIn(join(installed(), 'dist')).filter((file) => file.endsWith('.d.ts'))
    for (const file of types) {
      const text = readFileSync(join(installed(), 'dist', file), 'utf8')
      expect(text, file).not.toMatch(
        /@internal|HandleRef|PrimitiveKind|primitive: number|\bEncoded\b|\bWaiter\b|private |recoverFrom/,
      )
      expect(text.replace('protected constructor', ''), file).not.toMatch(/protected /)
    }
  })

  test('has types that a strict program compiles with', () => {
    copyFileSync(new URL('consumer.ts.txt', import.meta.url), join(folder, 'consumer.ts'))
    const options = {
      target: 'ES2022',
      lib: ['ES2022', 'ESNext.Disposable', 'DOM'],
      module: 'NodeNext',
      types: [],
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
    }
    writeFileSync(
      join(folder, 'tsconfig.json'),
      JSON.stringify({ compilerOptions: options, files: ['consumer.ts'] }),
    )
    const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../lib/tsc.js')
    const compile = () => execFileSync(process.execPath, [compiler, '-p', folder], { encoding: 'utf8' })
    expect(compile()).toBe('')
  }, 60_000)
})

describe.each([20, 22, 24] as const)("The README's samples", (major) => {
  const run = (sample: string) =>
    execFileSync(nodeProgram(major), [sample], { cwd: folder, encoding: 'utf8', timeout: 60_000 })

  test(`run on Node ${major}`, () => {
    const version = execFileSync(nodeProgram(major), ['--version'], { encoding: 'utf8' })
    expect(version).toMatch(new RegExp(`^v${major}\\.`))
    expect(run('main.js')).toBe('The sum is 500500.\n')
    expect(run('tables.js')).toBe('1000 locks passed through a table of 100.\n')
    expect(run('watch.js')).toBe('door is held by thread 1\n')
  }, 180_000)
})

test("the README's page, built with Vite, runs in Chromium", async () => {
  expect(await textInChromium(folder, 'The sum is')).toBe('The sum is 500500.')
}, 120_000)
