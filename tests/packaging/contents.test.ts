import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { packageOf } from '../../packaging/debian/dependencies.ts'
import { nativePackages } from '../../packaging/native-packages.ts'
import { archivedFiles, checkArchive } from '../../scripts/dist/archive.ts'
import { checkFuses } from '../../scripts/dist/check-fuses.ts'
import { hicolorSizes, makeIcons } from '../../scripts/dist/icons.ts'
import {
  readCompiledLicences,
  readNativeLicences,
  readPackageLicence,
  thirdPartyLicences,
} from '../../scripts/dist/licences.ts'
import { linkedLibraries } from '../../scripts/dist/linked-libraries.ts'
import { readReleaseRepository } from '../../scripts/dist/release-repository.ts'
import { root, unlistedPackages } from '../../scripts/dist/stage-application.ts'
import { findNativePackages, stageNativePackages } from '../../scripts/dist/stage-native-packages.ts'
import { findElectron } from '../../scripts/find-electron.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'skein-packaging-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

/** A program with the fuses of Electron: a mark, their version and number, and a digit for each in Electron's order. */
function program(fuses: string): string {
  const file = join(folder, 'program')
  writeFileSync(
    file,
    `head dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX\x01${String.fromCharCode(fuses.length)}${fuses} tail`,
  )
  return file
}

test('a program with every fuse set correctly passes', async () => {
  await checkFuses(program('00001100'))
})

test('a program with one wrong fuse is rejected, and the fuse is named', async () => {
  await expect(checkFuses(program('10001100'))).rejects.toThrow('in a wrong state: RunAsNode.')
  await expect(checkFuses(program('00001000'))).rejects.toThrow('in a wrong state: OnlyLoadAppFromAsar.')
  await expect(checkFuses(program('00011100'))).rejects.toThrow('EnableNodeCliInspectArguments')
  await expect(checkFuses(program('00001101'))).rejects.toThrow('GrantFileProtocolExtraPrivileges')
})

/** Writes an archive's header, without the content of its files. */
function archive(files: object): string {
  const file = join(folder, 'app.asar')
  const text = Buffer.from(JSON.stringify({ files }))
  const head = Buffer.alloc(16)
  head.writeUInt32LE(text.length, 12)
  writeFileSync(file, Buffer.concat([head, text]))
  return file
}

test('an archive lists its files with their sizes', () => {
  const file = archive({ out: { files: { 'main.js': { size: 12, offset: '0' } } }, 'a.json': { size: 3 } })
  expect(archivedFiles(file)).toEqual([
    { path: 'out/main.js', size: 12 },
    { path: 'a.json', size: 3 },
  ])
})

test('an archive with files that do not belong in it is rejected', () => {
  const size = 1
  const used = ['out/main/main.js', 'node_modules/a/index.js', 'node_modules/@b/c/index.node']
  checkArchive(
    used.map((path) => ({ path, size })),
    ['a', '@b/c'],
  )
  for (const path of [
    'node_modules/x/index.js',
    'node_modules/@b/index.js',
    'node_modules/a/index.js.map',
    'out/main/main.js.map',
    'out/main/web-host.js',
  ]) {
    expect(() => checkArchive([{ path, size }], ['a', '@b/c'])).toThrow(path)
  }
})

test('the icon is rendered in every size, and for Windows and macOS', () => {
  makeIcons(fileURLToPath(new URL('../../renderer/shell/icon.svg', import.meta.url)), folder)
  for (const size of hicolorSizes) expect(pngWidth(`hicolor/${size}x${size}.png`)).toBe(size)
  const windows = readFileSync(join(folder, 'icon.ico'))
  expect(windows.readUInt16LE(2)).toBe(1)
  const offset = windows.readUInt32LE(6 + 12)
  expect(windows.toString('latin1', offset + 1, offset + 4)).toBe('PNG')
  const mac = readFileSync(join(folder, 'icon.icns'))
  expect(mac.toString('latin1', 0, 4)).toBe('icns')
  expect(mac.readUInt32BE(4)).toBe(mac.length)
})

const pngWidth = (name: string): number => readFileSync(join(folder, name)).readUInt32BE(16)

test('the licences of the bundled libraries become one text, each library once', () => {
  const list = (name: string, licences: object): string => {
    writeFileSync(join(folder, name), JSON.stringify(licences))
    return join(folder, name)
  }
  const one = { name: 'one', version: '1.0.0', identifier: 'MIT', text: 'The text of one.' }
  const two = { name: 'two', version: '2.0.0', identifier: 'ISC', text: 'The text of two.' }
  const text = thirdPartyLicences([list('a.json', [two, one]), list('b.json', [one])], [])
  expect(text.match(/The text of one\./g)).toHaveLength(1)
  expect(text.indexOf('The text of one.')).toBeLessThan(text.indexOf('The text of two.'))
})

test('a library without a licence stops the build of the packages', () => {
  writeFileSync(join(folder, 'a.json'), JSON.stringify([{ name: 'silent', version: '1.0.0' }]))
  expect(() => thirdPartyLicences([join(folder, 'a.json')], [])).toThrow('silent 1.0.0')
})

test('the licences include the packages that the build does not list', () => {
  writeFileSync(join(folder, 'a.json'), '[]')
  expect(unlistedPackages).toContain('shared/threading')
  const licences = unlistedPackages.map((path) => readPackageLicence(join(root, path)))
  const text = thirdPartyLicences([join(folder, 'a.json')], licences)
  for (const name of ['@skein/threading', '@inlang/paraglide-js'])
    expect(text).toMatch(
      new RegExp(`^${name} [\\d.]+ \\(MIT\\)\n\n(.*\n)*?Permission is hereby granted`, 'm'),
    )
})

test('the licences include the libraries that are compiled into packages', () => {
  writeFileSync(join(folder, 'a.json'), '[]')
  const text = thirdPartyLicences([join(folder, 'a.json')], readCompiledLicences(join(root, 'node_modules')))
  expect(text).toMatch(/^FFmpeg \(libavcodec\) .* \(LGPL-2\.1-or-later\)$/m)
  expect(text).toContain('GNU LESSER GENERAL PUBLIC LICENSE')
  expect(text).toContain('The Musepack Development Team')
  expect(text).toContain('David Bryant')
})

test('a package without a text of its licence is refused', () => {
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'x', version: '1.0.0', license: 'MIT' }))
  expect(() => readPackageLicence(folder)).toThrow('has no file LICENSE')
})

test.runIf(process.platform === 'linux')('the libraries that a program is linked to are read from it', () => {
  expect(linkedLibraries(process.execPath)).toContain('libc.so.6')
  expect(linkedLibraries(fileURLToPath(import.meta.url))).toEqual([])
})

test.runIf(process.platform === 'linux')(
  'the Debian package of every library of Electron is known',
  ({ skip }) => {
    const electron = findElectron()
    if (electron === undefined) return skip("Electron's runtime is not there")
    const own = readdirSync(dirname(electron))
    const unknown = linkedLibraries(electron).filter(
      (name) => !own.includes(name) && packageOf[name] === undefined,
    )
    expect(linkedLibraries(electron).length).toBeGreaterThan(10)
    expect(unknown).toEqual([])
  },
)

test('the repository of releases is OWNER/REPOSITORY', () => {
  expect(readReleaseRepository(undefined)).toBeUndefined()
  expect(readReleaseRepository('someone/skein')).toEqual({ owner: 'someone', repo: 'skein' })
  expect(() => readReleaseRepository('https://example.org/skein')).toThrow('SKEIN_RELEASES')
})

/** Writes a package into a `node_modules` of the folder. */
function writePackage(path: string, manifest: object, files: Readonly<Record<string, string>> = {}): void {
  const target = join(folder, path)
  mkdirSync(target, { recursive: true })
  writeFileSync(
    join(target, 'package.json'),
    JSON.stringify({ version: '1.0.0', license: 'MIT', ...manifest }),
  )
  for (const [name, text] of Object.entries(files)) writeFileSync(join(target, name), text)
}

test('packages with native code are packed with what they need on this system, without what does not run', () => {
  const other = process.platform === 'linux' ? 'win32' : 'linux'
  writePackage(
    'node_modules/a',
    {
      name: 'a',
      dependencies: { b: '1' },
      optionalDependencies: {
        '@a/here': '1',
        '@a/there': '1',
        '@a/musl': '1',
        '@a/x64-musl': '1',
        '@a/absent': '1',
      },
    },
    { 'index.js': '', 'index.d.ts': '', 'README.md': '', LICENSE: 'The licence of a.' },
  )
  writePackage('node_modules/a/node_modules/b', { name: 'b' }, { 'b.js': '', LICENSE: 'The licence of b.' })
  writePackage('node_modules/@a/here', { name: '@a/here', os: [process.platform] }, { 'index.node': '' })
  writePackage('node_modules/@a/there', { name: '@a/there', os: [other] }, { 'index.node': '' })
  writePackage('node_modules/@a/musl', { name: '@a/musl', libc: ['musl'] }, { 'index.node': '' })
  writePackage('node_modules/@a/x64-musl', { name: '@a/x64-musl' }, { 'index.node': '' })
  const packages = findNativePackages(['a'], folder)
  expect(packages.map(({ name }) => name).toSorted()).toEqual(['@a/here', 'a', 'b'])
  const modules = join(folder, 'staged', 'node_modules')
  stageNativePackages(packages, modules)
  const files = readdirSync(modules, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name !== 'package.json')
    .map((entry) => relative(modules, join(entry.parentPath, entry.name)).replaceAll('\\', '/'))
  expect(files.toSorted()).toEqual(['@a/here/index.node', 'a/LICENSE', 'a/index.js', 'b/LICENSE', 'b/b.js'])
  const licences = readNativeLicences(packages)
  expect(licences.find(({ name }) => name === '@a/here')?.text).toBe('The licence of a.')
})

test('a package with native code that is missing stops the build of the packages', () => {
  writePackage('node_modules/a', { name: 'a', dependencies: { b: '1' } })
  expect(() => findNativePackages(['a'], folder)).toThrow('The package b is missing')
})

test('every package with native code has a licence, and its libraries are known to Debian', () => {
  const packages = findNativePackages(nativePackages, root)
  expect(readNativeLicences(packages).length).toBeGreaterThanOrEqual(nativePackages.length)
  const files = packages.flatMap((found) =>
    readdirSync(found.folder, { recursive: true, encoding: 'utf8' }).map((name) => join(found.folder, name)),
  )
  const libraries = files.filter((file) => /\.node$|\.so(\.|$)/.test(file))
  expect(libraries.length).toBeGreaterThan(0)
  const own = new Set(libraries.map((file) => basename(file)))
  const unknown = libraries.flatMap(linkedLibraries).filter((name) => !own.has(name) && !(name in packageOf))
  expect(unknown).toEqual([])
})
