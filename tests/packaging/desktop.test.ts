import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { optionNames } from '../../electron/lifecycle/command-line.ts'
import { readChangelog } from '../../packaging/changelog.ts'
import { parseList, readDesktopEntry } from '../../packaging/desktop-entry.ts'
import { identity } from '../../packaging/identity.ts'
import { metainfo, releasesUpTo } from '../../scripts/dist/metainfo.ts'
import { hasProgram } from '../../scripts/system.ts'
import { m } from '../../shared/i18n/messages.js'
import { audioTypes, otherAudioTypes } from '../../shared/library/track.ts'

const linux = fileURLToPath(new URL('../../packaging/linux/', import.meta.url))
const entryFile = join(linux, `${identity.id}.desktop`)
const { main, actions } = readDesktopEntry(readFileSync(entryFile, 'utf8'))
const manual = readFileSync(join(linux, 'skein.1'), 'utf8').replaceAll('\\-', '-')
const { version }: { version: string } = JSON.parse(
  readFileSync(new URL('../../package.json', import.meta.url), 'utf8'),
)
const changelog = readFileSync(new URL('../../CHANGELOG.md', import.meta.url), 'utf8')

const playedTypes = { ...audioTypes, ...otherAudioTypes }

/** Desktops know some formats by older names. */
const desktopNames: Readonly<Record<string, string>> = {
  'audio/wav': 'audio/x-wav',
  'audio/aiff': 'audio/x-aiff',
}

test('the desktop entry names every format that Skein plays', () => {
  const named = parseList(main.MimeType)
  const played = Object.values(playedTypes).map((type) => desktopNames[type] ?? type)
  expect(named).toEqual(expect.arrayContaining(played))
})

test('Skein is registered for the type of every file that it plays', ({ skip }) => {
  const globs = '/usr/share/mime/globs2'
  if (!existsSync(globs)) skip('there is no freedesktop.org MIME database')
  const lines = readFileSync(globs, 'utf8').split('\n')
  const unknown = Object.keys(playedTypes).filter((extension) => {
    const types = lines
      .filter((line) => line.endsWith(`:*${extension}`))
      .map((line) => line.split(':')[1] ?? '')
    // The database does not know the rarer extensions.
    return types.length > 0 && !types.some((type) => parseList(main.MimeType).includes(type))
  })
  expect(unknown).toEqual([])
})

test('the desktop entry declares its actions, which use existing options', () => {
  expect(parseList(main.Actions)).toEqual(Object.keys(actions))
  const options = Object.values(actions).map(({ Exec }) => Exec?.replace(`${identity.command} `, ''))
  expect(options).toEqual(['--play-pause', '--next'])
  for (const option of options) expect(m.cli_help()).toContain(` ${option} `)
})

test('icon, AppStream data and window belong to the same application', () => {
  expect(main.Icon).toBe(identity.id)
  expect(main.StartupWMClass).toBe(identity.product)
  const data = metainfo(releasesUpTo(version))
  expect(data).toContain(`<id>${identity.id}</id>`)
  expect(data).toContain(`<launchable type="desktop-id">${identity.id}.desktop</launchable>`)
  const provided = [...data.matchAll(/<mediatype>(.*)<\/mediatype>/g)].map(([, type]) => type)
  expect(provided).toEqual(parseList(main.MimeType))
})

test('desktop-file-validate reports nothing', ({ skip }) => {
  if (!hasProgram('desktop-file-validate')) skip('desktop-file-validate is not installed')
  const { status, stdout } = spawnSync('desktop-file-validate', [entryFile], { encoding: 'utf8' })
  expect(stdout).toBe('')
  expect(status).toBe(0)
})

test('appstreamcli accepts the AppStream data with the releases', ({ skip, onTestFinished }) => {
  if (!hasProgram('appstreamcli')) skip('appstreamcli is not installed')
  const folder = mkdtempSync(join(tmpdir(), 'skein-appstream-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const file = join(folder, `${identity.id}.metainfo.xml`)
  writeFileSync(file, metainfo(releasesUpTo(version)))
  const { status, stdout } = spawnSync('appstreamcli', ['validate', '--no-net', file], { encoding: 'utf8' })
  expect(stdout).not.toMatch(/^[EW]:/m)
  expect(status).toBe(0)
})

test('the manual page and the help describe the options that Skein has', () => {
  const optionsIn = (text: string) => [...new Set(text.match(/(?<![\w-])--?[a-z][a-z-]*/g))].sort()
  const described = manual.slice(manual.indexOf('.SH OPTIONS'), manual.indexOf('.SH ENVIRONMENT'))
  expect(optionsIn(described)).toEqual(optionNames())
  expect(optionsIn(m.cli_help())).toEqual(optionNames())
})

test('the version is the newest release in the changelog and in AppStream', () => {
  const [newest] = readChangelog(changelog)
  expect(newest?.version).toBe(version)
  expect(newest?.changes.length).toBeGreaterThan(0)
  expect(metainfo(releasesUpTo(version))).toContain(`<release version="${version}" date="${newest?.date}">`)
})

test('a version that is missing in the changelog cannot be packaged', () => {
  expect(() => releasesUpTo('99.0.0')).toThrow('CHANGELOG.md has no release 99.0.0')
})
