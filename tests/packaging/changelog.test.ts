import { expect, test } from 'vitest'
import { readChangelog } from '../../packaging/changelog.ts'
import { debianChangelog, debianVersion } from '../../scripts/dist/debian-control.ts'

const text = `# Changelog

Words before.

## [Unreleased]

### Added

- Not yet.

## [1.1.0-beta.1] - 2027-02-03

### Added

- One thing, told
  in two lines.
- Another.

### Fixed

- A third.

## [1.0.0] - 2027-01-02

- The first.
`

test('releases are read newest first, without unreleased changes', () => {
  expect(readChangelog(text)).toEqual([
    {
      version: '1.1.0-beta.1',
      date: '2027-02-03',
      changes: ['One thing, told in two lines.', 'Another.', 'A third.'],
    },
    { version: '1.0.0', date: '2027-01-02', changes: ['The first.'] },
  ])
})

test('each release becomes an entry of Debian’s changelog, with lines of limited length', () => {
  const changes = ['word '.repeat(40).trim()]
  const entry = debianChangelog([{ version: '1.0.0', date: '2027-01-02', changes }])
  expect(entry).toMatch(/^skein \(1\.0\.0\) unstable; urgency=medium\n\n {2}\* word/)
  expect(entry).toMatch(/\n -- Skein contributors <[^>]+> {2}Sat, 02 Jan 2027 12:00:00 \+0000\n$/)
  for (const line of entry.split('\n -- ')[0]?.split('\n') ?? []) expect(line.length).toBeLessThanOrEqual(80)
})

test('Debian sorts versions in the order of their releases', () => {
  expect(debianVersion('1.0.0-beta.1')).toBe('1.0.0~beta.1')
  expect(debianVersion('1.0.0')).toBe('1.0.0')
})
