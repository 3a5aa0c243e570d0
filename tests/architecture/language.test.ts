import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { dialectPhrases } from './checks/dialect.ts'
import { except } from './checks/except.ts'
import { languageExceptions } from './exceptions.ts'
import { planted } from './planted.ts'
import { readSourceFiles, root, type SourceFile } from './source-files.ts'

/** The check itself has to contain the phrases. */
const isCheck = ({ path }: SourceFile): boolean =>
  /architecture\/(checks\/dialect|language\.test)\.ts$/.test(path)

const sources = readSourceFiles('demo', 'electron', 'packaging', 'renderer', 'scripts', 'shared', 'tests')

/** Finds the documents, message catalogues and Python programs. The glossary lists the words to avoid. */
const texts = ['.', '.github', 'docs', 'messages', 'renderer/lab/programs/python', 'shared/threading']
  .flatMap((folder) => readdirSync(join(root, folder)).map((name) => join(folder, name)))
  .filter((path) => /\.(md|yml|py)$|^messages\/.*\.json$/.test(path) && path !== 'docs/glossary.md')
  .map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))

describe('the old dialect', () => {
  it('occurs in no source, document or message', () => {
    const files = [...sources, ...texts].filter((file) => !isCheck(file))
    expect(except(dialectPhrases(files), languageExceptions)).toEqual([])
  })

  it.each([
    ['/** Waits for ever. */', 'for ever'],
    ['/** Waits for\n * ever. */', 'for ever'],
    ['// Waits for\n  // ever.', 'for ever'],
    ['# Waits an hour at\n# the most', 'at the most'],
    ['/** Starts Anew. */', 'Anew'],
    ['/** Tells of each death. */', 'Tells of'],
    ["expect('the dead are buried').toBe(true)", 'buried'],
    ['const heir = waiters[0]', 'heir'],
    ['for (const happening of happenings) dawdled(happening)', 'happening'],
    ['"shell_again": "Start it of its own accord, as often as one likes."', 'of its own accord'],
  ])('is found in %j', (text, phrase) => {
    expect(dialectPhrases(planted({ 'docs/a.md': `\n${text}` }))[0]).toBe(`docs/a.md:2: ${phrase}`)
  })

  it('is not found in plain English', () => {
    const text =
      'Waits forever, at most once. The renewed heirloom is told off: most of the things happen again.'
    expect(dialectPhrases(planted({ 'docs/a.md': text }))).toEqual([])
  })
})
