import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path/posix'
import { describe, expect, it } from 'vitest'
import { brokenPaths, longParagraphs } from './checks/document-links.ts'
import { except } from './checks/except.ts'
import { documentExceptions } from './exceptions.ts'
import { planted } from './planted.ts'
import { root } from './source-files.ts'

const paths = [
  ...['README.md', 'CHANGELOG.md', 'CONTRIBUTING.md', 'shared/threading/README.md'],
  ...readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
]
const documents = paths.map((path) => ({ path, text: readFileSync(join(root, path), 'utf8') }))
const exists = (path: string): boolean => existsSync(join(root, path))

describe('the documents', () => {
  it('name only files that exist', () => {
    expect(except(brokenPaths(documents, exists), documentExceptions)).toEqual([])
  })

  it('have paragraphs of at most five lines', () => {
    expect(except(longParagraphs(documents), documentExceptions)).toEqual([])
  })
})

describe('a document', () => {
  it('is reported for a broken link and a path of no file', () => {
    const text = 'See [a](b.md), [c](https://example.org) and `renderer/d.ts`, `docs/e.md`.'
    const files = planted({ 'docs/x.md': text })
    expect(brokenPaths(files, (path) => path === 'docs/e.md')).toEqual([
      'docs/x.md: docs/b.md',
      'docs/x.md: renderer/d.ts',
    ])
  })

  it('is reported for a paragraph of more than five lines', () => {
    const files = planted({ 'docs/x.md': `Short.\n\n${'word '.repeat(120)}\n\n| ${'cell '.repeat(120)} |` })
    expect(longParagraphs(files)).toHaveLength(1)
  })
})
