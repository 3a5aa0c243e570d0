import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import type { Release } from '../../packaging/changelog.ts'
import { loadedLater, packageOf, recommended } from '../../packaging/debian/dependencies.ts'
import { identity } from '../../packaging/identity.ts'
import { digest } from './checksums.ts'
import { linkedLibraries } from './linked-libraries.ts'
import { root } from './stage-application.ts'

const { command, maintainer } = identity

/** A version before another sorts before it in Debian too: 1.0.0-beta.1 is 1.0.0~beta.1 there. */
export const debianVersion = (version: string): string => version.replace('-', '~')

/** Writes the folder DEBIAN of a tree whose files are all there. */
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

/** Regular files in a constant order. */
function filesBelow(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true })
  const files = entries.filter((entry) => entry.isFile())
  return files.map((entry) => join(entry.parentPath, entry.name)).toSorted()
}

/** The packages of all libraries that programs in the package are linked to and that it does not hold itself. */
function dependencies(files: readonly string[]): readonly string[] {
  const own = new Set(files.map((file) => file.slice(file.lastIndexOf('/') + 1)))
  const libraries = new Set([...loadedLater, ...files.flatMap(linkedLibraries)])
  const packages = [...libraries].filter((library) => !own.has(library)).map(packageWith)
  return [...new Set(packages)].toSorted()
}

function packageWith(library: string): string {
  const found = packageOf[library]
  if (found === undefined) {
    throw new Error(
      `Electron needs ${library}: say in packaging/debian/dependencies.ts which Debian package has it.`,
    )
  }
  return found
}

/** The changelog in Debian's form. */
export function debianChangelog(releases: readonly Release[]): string {
  const entries = releases.map(({ version, date, changes }) => {
    const day = new Date(`${date}T12:00:00Z`).toUTCString().replace('GMT', '+0000')
    const list = changes.map((change) => wrapped(change)).join('\n')
    return `${command} (${debianVersion(version)}) unstable; urgency=medium\n\n${list}\n\n -- ${maintainer}  ${day}\n`
  })
  return entries.join('\n')
}

/** An entry as Debian's changelogs have them, in lines of 80 characters at most. */
function wrapped(change: string): string {
  const lines = ['  *']
  for (const word of change.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + 1 + word.length <= 80) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(`    ${word}`)
  }
  return lines.join('\n')
}
