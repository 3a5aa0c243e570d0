import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import * as v from 'valibot'
import type { NativePackage } from './stage-native-packages.ts'

const licencesSchema = v.array(
  v.object({
    name: v.string(),
    version: v.string(),
    identifier: v.optional(v.string()),
    text: v.optional(v.string()),
  }),
)

type Licence = v.InferOutput<typeof licencesSchema>[number]

const manifestSchema = v.object({ name: v.string(), version: v.string(), license: v.string() })

/** Reads the licence of a package in its folder. Throws an Error if the folder has no text of it. */
export function readPackageLicence(folder: string): Licence {
  const text = readLicenceText(folder)
  if (text === undefined) throw new Error(`${folder} has no file LICENSE.`)
  return { ...readLicenceName(folder), text }
}

/**
 * Reads the licences of packages with native code. The package of a library for one system often has no text of its own:
 * then that of the package that it belongs to applies, whose name is the same or its scope.
 */
export function readNativeLicences(packages: readonly NativePackage[]): readonly Licence[] {
  return packages.map(({ name, folder }) => {
    const owner = packages.find(
      (other) => name.startsWith(`@${other.name}/`) || name.startsWith(`${other.name}-`),
    )
    const text = readLicenceText(folder) ?? (owner && readLicenceText(owner.folder))
    if (text === undefined) throw new Error(`${folder} has no file LICENSE.`)
    return { ...readLicenceName(folder), text }
  })
}

/** A library in C whose WebAssembly is part of a package. */
interface CompiledLibrary {
  readonly name: string
  /** As the package's README states it. */
  readonly version: string
  readonly identifier: string
  /** The text of its licence in node_modules. */
  readonly file: string
}

/** The libraries behind the decoders that are loaded when a file needs them. */
const compiledLibraries: readonly CompiledLibrary[] = [
  {
    name: 'FFmpeg (libavcodec)',
    version: '7.1-3978a28',
    identifier: 'LGPL-2.1-or-later',
    file: '@audio/decode-wma/LICENSE.ffmpeg',
  },
  {
    name: 'libmpcdec',
    version: '7d04739',
    identifier: 'BSD-3-Clause',
    file: '@audio/decode-mpc/LICENSE.libmpcdec',
  },
  {
    name: 'libwavpack',
    version: '5',
    identifier: 'BSD-3-Clause',
    file: '@audio/decode-wavpack/LICENSE.wavpack',
  },
]

/** Reads the licences of the libraries that packages contain as WebAssembly, from the folder node_modules. */
export function readCompiledLicences(nodeModules: string): readonly Licence[] {
  return compiledLibraries.map(({ file, ...library }) => ({
    ...library,
    text: readFileSync(join(nodeModules, file), 'utf8').trimEnd(),
  }))
}

function readLicenceName(folder: string): Licence {
  const manifest: unknown = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  const { name, version, license } = v.parse(manifestSchema, manifest)
  return { name, version, identifier: license }
}

function readLicenceText(folder: string): string | undefined {
  const file = ['LICENSE', 'LICENSE.md'].map((name) => join(folder, name)).find((path) => existsSync(path))
  return file === undefined ? undefined : readFileSync(file, 'utf8').trimEnd()
}

/**
 * Returns one text with the licences of all libraries in the built player: those in the lists that the build wrote of
 * what it bundled, and `others`. Throws an Error if a library does not name its licence.
 */
export function thirdPartyLicences(lists: readonly string[], others: readonly Licence[]): string {
  const bundled = new Map<string, Licence>()
  const listed = lists.flatMap((list) => v.parse(licencesSchema, JSON.parse(readFileSync(list, 'utf8'))))
  for (const licence of [...listed, ...others]) bundled.set(`${licence.name} ${licence.version}`, licence)
  const unknown = [...bundled].filter(
    ([, { text, identifier }]) => text === undefined && identifier === undefined,
  )
  if (unknown.length > 0)
    throw new Error(`These libraries do not name their licence: ${unknown.map(([key]) => key).join(', ')}.`)
  const keys = [...bundled.keys()].toSorted()
  const sections = keys.map((key) => section(key, bundled.get(key)))
  return `Skein contains these libraries:\n\n${keys.join('\n')}\n\n${sections.join('\n')}`
}

function section(key: string, licence: Licence | undefined): string {
  const line = '-'.repeat(78)
  return `${line}\n${key}${licence?.identifier === undefined ? '' : ` (${licence.identifier})`}\n\n${licence?.text ?? 'The package has no text of its licence.'}\n`
}
