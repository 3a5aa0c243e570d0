import { spawnSync } from 'node:child_process'
import { globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, test, vi } from 'vitest'
import { refusedRows, sentRows } from './conformance/travel-table.ts'

/**
 * docs/threading.md shows files and what they print. These tests hold it to that. After a change of a sample,
 * `npx vitest run tests/threading/documentation.test.ts -u` brings its code in the document up to date.
 */
const documentFile = fileURLToPath(new URL('../../docs/threading.md', import.meta.url))
const samples = fileURLToPath(new URL('../../docs/samples/threading/', import.meta.url))
const document = readFileSync(documentFile, 'utf8')

/** A link to a sample and its code below. */
const codeBlock = /\[`([^`]+)`\]\(samples\/threading\/([^)]+)\)\n\n```(ts|python)\n(.*?)```/gs
/** A sample and what it prints below. */
const output =
  /\(samples\/threading\/(\d\d-[\w-]+)\.ts\)\n\n```ts\n.*?```\n\n(Both print|It prints):\n\n```text\n(.*?)```/gs

/** The head of the table of what may travel, and its rows. */
const travelTable = /(\| value \| arrives as \|\n\|---\|---\|\n)(?:\|.*\|\n)+/

const read = (path: string) => readFileSync(samples + path, 'utf8')
const filesOf = (pattern: string) => globSync(pattern, { cwd: samples }).sort()
const python = findPython()

// Each sample loads the library in three threads: compiled once, it serves them all.
const compiled = mkdtempSync(join(tmpdir(), 'skein-compiled-'))
afterAll(() => rmSync(compiled, { recursive: true, force: true }))
vi.setConfig({ testTimeout: 60_000 })

describe('docs/threading.md', () => {
  test('shows the code that is in the samples', async () => {
    const current = document.replace(codeBlock, (_all, shown, path, language) => {
      return `[\`${shown}\`](samples/threading/${path})\n\n\`\`\`${language}\n${read(path)}\`\`\``
    })
    await expect(current).toMatchFileSnapshot(documentFile)
  })

  test('says of each kind of value whether it travels, like the table that is tested', async () => {
    const rows = [...sentRows, ...refusedRows].map(
      ({ values, arrivesAs }) => `| ${values} | ${arrivesAs ?? 'refused'} |\n`,
    )
    const current = document.replace(travelTable, (_all, head) => `${head}${rows.join('')}`)
    await expect(current).toMatchFileSnapshot(documentFile)
  })

  test('shows every sample once, under its name, and no other code', () => {
    const shown = [...document.matchAll(codeBlock)]
    expect(shown.map(([, , path]) => path).sort()).toEqual(filesOf('**/*.{ts,py}'))
    expect(shown.map(([, name]) => name)).toEqual(shown.map(([, , path]) => path))
    expect(document.match(/^```(ts|python)$/gm)).toHaveLength(shown.length)
  })

  test('shows what every sample prints', () => {
    const shown = [...document.matchAll(output)]
    expect(shown.map(([, name]) => `${name}.ts`).sort()).toEqual(filesOf('[0-9]*.ts'))
    const both = shown.filter(([, , prints]) => prints === 'Both print')
    expect(both.map(([, name]) => `${name}.py`).sort()).toEqual(filesOf('*.py'))
  })

  test('links to places that exist', () => {
    const headings = [...document.matchAll(/^#+ (.*)$/gm)].map(([, heading]) => anchorOf(heading ?? ''))
    const anchors = [...document.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
    expect(headings).toEqual(expect.arrayContaining(anchors))
    const files = [...document.matchAll(/\]\((?!#|https:)([^)]+)\)/g)].map(([, file]) => file)
    const folder = fileURLToPath(new URL('../../docs/', import.meta.url))
    expect(files.filter((file) => globSync(file ?? '', { cwd: folder }).length === 0)).toEqual([])
  })
})

describe('a sample prints what the document says', () => {
  for (const [, name = '', prints, expected = ''] of document.matchAll(output)) {
    test(`${name}.ts`, () => {
      expect(run(process.execPath, [`${samples}${name}.ts`])).toBe(expected)
    })
    if (prints !== 'Both print') continue
    test(`${name}.py`, (context) => {
      const reason = whyNot(read(`${name}.py`))
      if (reason !== undefined) console.log(`${name}.py is skipped: ${reason}`)
      context.skip(reason !== undefined, reason)
      expect(run('python3', [`${samples}${name}.py`])).toBe(expected)
    })
  }
})

/** What a program prints. It must end by itself and without an error. */
function run(program: string, args: readonly string[]): string {
  const env = { ...process.env, NODE_COMPILE_CACHE: compiled }
  const { status, stdout, stderr } = spawnSync(program, args, { encoding: 'utf8', timeout: 50_000, env })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  return stdout
}

/** Why a Python sample cannot run here; undefined where it can. A sample names the version it needs in its first line. */
function whyNot(sample: string): string | undefined {
  if (python === undefined) return 'there is no python3'
  const needed = Number(/^# Python 3\.(\d+) or later\n/.exec(sample)?.[1] ?? 0)
  return python < needed ? `it needs Python 3.${needed}, and python3 is 3.${python}` : undefined
}

/** The minor version of python3. */
function findPython(): number | undefined {
  const { stdout } = spawnSync('python3', ['--version'], { encoding: 'utf8' })
  const version = /^Python 3\.(\d+)/.exec(stdout ?? '')?.[1]
  return version === undefined ? undefined : Number(version)
}

/** As GitHub makes it. */
const anchorOf = (heading: string) =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-')
