import { readdirSync, statSync } from 'node:fs'
import { basename, join, relative, sep } from 'node:path'
import { nativePackages } from '../../packaging/native-packages.ts'
import { type ArchivedFile, archivedFiles, checkArchive } from './archive.ts'
import { root } from './stage-application.ts'
import { findNativePackages } from './stage-native-packages.ts'

type Row = readonly [name: string, size: number]

/** Prints the sizes of the packages, and of the parts of the application. */
export function report(unpacked: string, packages: readonly string[]): void {
  const files = filesBelow(unpacked)
  const archive = files.find((file) => basename(file) === 'app.asar')
  if (archive === undefined) throw new Error(`There is no app.asar in ${unpacked}.`)
  const archived = archivedFiles(archive)
  checkArchive(
    archived,
    findNativePackages(nativePackages, root).map(({ name }) => name),
  )
  const runtime = parts(files, (file) => runtimePart(relative(unpacked, file)))
  console.log(`\nPackages\n${table(packages.map((file) => [basename(file), statSync(file).size]))}`)
  console.log(`\nInstalled\n${table([...runtime, ['total', total(runtime)]])}`)
  console.log(`\nIn app.asar\n${table(archiveParts(archived))}\n`)
}

function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
}

function parts(files: readonly string[], partOf: (file: string) => string): readonly Row[] {
  const sizes = new Map<string, number>()
  for (const file of files) sizes.set(partOf(file), (sizes.get(partOf(file)) ?? 0) + statSync(file).size)
  return bySize(sizes)
}

function runtimePart(path: string): string {
  const name = basename(path)
  if (name === 'app.asar') return 'Skein: app.asar'
  if (path.includes('app.asar.unpacked')) return 'Skein: native libraries'
  if (/LICENSE/.test(name)) return 'licences'
  if (/\.pak$/.test(name) && path.includes('locales')) return 'runtime: texts of Chromium (locales)'
  if (/\.(pak|dat|bin)$/.test(name)) return 'runtime: resources (.pak, .dat, .bin)'
  if (/\.(so|dll|dylib)(\.|$)/.test(name)) return 'runtime: libraries'
  if (/chrome.sandbox|crashpad/.test(name)) return 'runtime: helpers'
  if (/^skein(\.exe)?$|Electron Framework/i.test(name)) return 'runtime: the program'
  return path.split(sep)[0] ?? path
}

function archiveParts(files: readonly ArchivedFile[]): readonly Row[] {
  const sizes = new Map<string, number>()
  for (const { path, size } of files) {
    const part = path.startsWith('out/')
      ? path.split('/').slice(0, 2).join('/')
      : (path.split('/')[0] ?? path)
    sizes.set(part, (sizes.get(part) ?? 0) + size)
  }
  return bySize(sizes)
}

const bySize = (sizes: ReadonlyMap<string, number>): readonly Row[] =>
  [...sizes].toSorted(([, one], [, other]) => other - one)

const total = (rows: readonly Row[]): number => rows.reduce((sum, [, size]) => sum + size, 0)

function table(rows: readonly Row[]): string {
  const width = Math.max(...rows.map(([name]) => name.length))
  return rows.map(([name, size]) => `  ${name.padEnd(width)}  ${megabytes(size).padStart(9)}`).join('\n')
}

const megabytes = (size: number): string =>
  size < 100_000 ? `${(size / 1000).toFixed(1)} kB` : `${(size / 1_000_000).toFixed(1)} MB`
