import { cpSync, existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, join } from 'node:path'
import * as v from 'valibot'

const manifestSchema = v.object({
  name: v.string(),
  version: v.string(),
  dependencies: v.optional(v.record(v.string(), v.string()), {}),
  optionalDependencies: v.optional(v.record(v.string(), v.string()), {}),
  /** Systems for which the package is made; without one, for all. */
  os: v.optional(v.array(v.string())),
  cpu: v.optional(v.array(v.string())),
  libc: v.optional(v.array(v.string())),
})

export interface NativePackage {
  readonly name: string
  readonly version: string
  readonly folder: string
}

/** Packages that others depend on only to be compiled. */
const compilerPackages: ReadonlySet<string> = new Set(['node-addon-api'])

/** Returns these packages with all that they depend on, for this system. `root` is the folder of their `node_modules`. */
export function findNativePackages(names: readonly string[], root: string): readonly NativePackage[] {
  const found = new Map<string, NativePackage>()
  const pending = names.map((name) => ({ name, from: root, isOptional: false }))
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const folder = findPackage(next.name, next.from)
    if (folder === undefined && next.isOptional) continue
    if (folder === undefined) throw new Error(`The package ${next.name} is missing: run npm install.`)
    const manifest = v.parse(manifestSchema, JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')))
    if (!isForThisSystem(manifest)) continue
    const { name, version, dependencies, optionalDependencies } = manifest
    const known = found.get(name)
    if (known !== undefined && known.version !== version)
      throw new Error(
        `Two versions of ${name} are needed, but there is one folder: ${known.version}, ${version}.`,
      )
    if (known !== undefined) continue
    found.set(name, { name, version, folder })
    // npm lists an optional dependency in both.
    for (const dependency of Object.keys({ ...dependencies, ...optionalDependencies }))
      if (!compilerPackages.has(dependency))
        pending.push({ name: dependency, from: folder, isOptional: dependency in optionalDependencies })
  }
  return [...found.values()]
}

/** Copies what runs of the packages into a `node_modules`. */
export function stageNativePackages(packages: readonly NativePackage[], modules: string): void {
  for (const { name, folder } of packages)
    cpSync(folder, join(modules, name), {
      recursive: true,
      dereference: true,
      filter: (path) =>
        path === folder ||
        !/^node_modules$|^types$|\.(md|map|d\.[cm]?ts|cc|hh|gyp|flow)$/.test(basename(path)),
    })
}

type Manifest = v.InferOutput<typeof manifestSchema>

/** Electron is linked to glibc, wherever it is packed. Some packages for musl show that only in their names. */
function isForThisSystem({ name, os, cpu, libc }: Manifest): boolean {
  const includes = (list: readonly string[] | undefined, value: string) => list?.includes(value) ?? true
  if (/-musl\w*$/.test(name)) return false
  return includes(os, process.platform) && includes(cpu, process.arch) && includes(libc, 'glibc')
}

/** Returns the folder of a package, like Node finds it; undefined if it is not installed. */
function findPackage(name: string, from: string): string | undefined {
  const paths = createRequire(join(from, 'package.json')).resolve.paths(name) ?? []
  return paths
    .map((modules) => join(modules, name))
    .find((folder) => existsSync(join(folder, 'package.json')))
}
