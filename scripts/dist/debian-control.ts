import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Release } from '../../packaging/changelog.ts'
import { loadedLater, packageOf, recommended } from '../../packaging/debian/dependencies.ts'
import { identity } from '../../packaging/identity.ts'
import { digest } from './checksums.ts'
import { linkedLibraries } from './linked-libraries.ts'
import { root } from './stage-application.ts'

const { command, maintainer } = identity

/** Returns the version so that Debian sorts it correctly: 1.0.0~beta.1 comes before 1.0.0. */
export const debianVersion = (version: string): string => version.replace('-', '~')

/** Writes the folder DEBIAN. All other files of the tree must exist. */
export function writeControl(tree: string, version: string, architecture: string): void {
  const files = filesBelow(tree)
  const folder = join(tree, 'DEBIAN')
  mkdirSync(folder)
  const fields = {
    Package: command,
    Version: debianVersion(version),
    Architecture: architecture,
    Maintainer: maintainer,
    'Installed-Size': String(files.reduce((sum, file) => sum + Math.ceil(statSync(file).size / 1024), 0)),
    Depends: dependencies(files).join(', '),
    Recommends: recommended.join(', '),
    Section: 'sound',
    Priority: 'optional',
    Description: readFileSync(join(root, 'packaging', 'debian', 'description'), 'utf8').trimEnd(),
  }
  const control = Object.entries(fields).map(([name, value]) => `${name}: ${value}\n`)
  writeFileSync(join(folder, 'control'), control.join(''), { mode: 0o644 })
  const sums = files.map((file) => `${digest('md5', file)}  ${relative(tree, file)}\n`)
  writeFileSync(join(folder, 'md5sums'), sums.join(''), { mode: 0o644 })
}

/** Returns the regular files, sorted. */
function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted()
}

/** Returns the packages of the libraries that the programs are linked to and that this package does not contain. */
function dependencies(files: readonly string[]): readonly string[] {
  const own = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1)))
  const libraries = new Set([...loadedLater, ...files.flatMap(linkedLibraries)])
  const packages = [...libraries].filter((library) => !own.has(library)).map(packageWith)
  return [...new Set(packages)].toSorted()
}

function packageWith(library: string): string {
  const found = packageOf[library]
  if (found === undefined) {
    throw new Error(`Electron needs ${library}: add its Debian package to packaging/debian/dependencies.ts.`)
  }
  return found
}

/** Returns the changelog in Debian's format. */
export function debianChangelog(releases: readonly Release[]): string {
  const entries = releases.map(({ version, date, changes }) => {
    const day = new Date(`${date}T12:00:00Z`).toUTCString().replace('GMT', '+0000')
    const list = changes.map((change) => wrapEntry(change)).join('\n')
    return `${command} (${debianVersion(version)}) unstable; urgency=medium\n\n${list}\n\n -- ${maintainer}  ${day}\n`
  })
  return entries.join('\n')
}

/** Wraps an entry of Debian's changelog to lines of up to 80 characters. */
function wrapEntry(change: string): string {
  const lines = ['  *']
  for (const word of change.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + 1 + word.length <= 80) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`    ${word}`)
  }
  return lines.join('\n')
}
