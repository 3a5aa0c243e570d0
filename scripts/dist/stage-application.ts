import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { PackagingFolders, Runtime } from '../../packaging/electron-builder.ts'
import { identity } from '../../packaging/identity.ts'
import { nativePackages } from '../../packaging/native-packages.ts'
import { makeIcons } from './icons.ts'
import {
  readCompiledLicences,
  readNativeLicences,
  readPackageLicence,
  thirdPartyLicences,
} from './licences.ts'
import { findNativePackages, stageNativePackages } from './stage-native-packages.ts'

export const root = fileURLToPath(new URL('../..', import.meta.url))
export const dist = join(root, 'dist')

export interface PackageManifest {
  readonly version: string
  readonly description: string
  readonly license: string
  readonly workspaces: readonly string[]
}

export const packageManifest: PackageManifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))

/** Puts the parts of a package into folders of `dist/`. */
export function stageApplication(runtime: Runtime): PackagingFolders {
  const folders: PackagingFolders = {
    output: dist,
    application: join(dist, 'application'),
    icons: join(dist, 'icons'),
    licences: join(dist, 'licences'),
  }
  for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true })
  buildPlayer(join(folders.application, 'out'))
  cpSync(join(root, 'demo'), join(folders.application, 'demo'), {
    recursive: true,
    filter: (path) => path !== join(root, 'demo', 'source'),
  })
  writeFileSync(join(folders.application, 'package.json'), `${JSON.stringify(packagedPackage(), null, 2)}\n`)
  stageNativePackages(findNativePackages(nativePackages, root), join(folders.application, 'node_modules'))
  stageLicences(folders, runtime)
  makeIcons(join(root, 'renderer', 'shell', 'icon.svg'), folders.icons)
  return folders
}

function buildPlayer(output: string): void {
  const builder = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js')
  const args = [builder, 'build', '--config', 'packaging/electron.vite.config.ts', '--outDir', output]
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options)
  if (status !== 0)
    throw new Error(`${stdout}${stderr}Skein could not be built: run npm install and try again.`)
}

/** Returns the packaged package.json. It names no library: electron-builder would install it again. */
function packagedPackage(): object {
  const { version, description, license } = packageManifest
  return {
    name: identity.command,
    productName: identity.product,
    version,
    description,
    license,
    author: identity.maintainer,
    private: true,
    type: 'module',
    main: 'out/main/main.js',
    desktopName: `${identity.id}.desktop`,
  }
}

/**
 * Folders of packages whose code is shipped but not in the lists of the build, which names only modules that it takes
 * from node_modules: the workspaces, and the compiler of the message catalogue, which copies its runtime into its output.
 */
export const unlistedPackages: readonly string[] = [
  ...packageManifest.workspaces,
  join('node_modules', '@inlang', 'paraglide-js'),
  // The module that decodes pictures is copied.
  join('node_modules', '@cf-wasm', 'photon'),
  // The lists leave out what only workers contain.
  join('node_modules', 'mediabunny'),
  join('node_modules', '@audio', 'decode-mpc'),
  join('node_modules', '@audio', 'decode-wavpack'),
  join('node_modules', '@audio', 'decode-wma'),
]

/** Puts the texts of the licences beside the program. The lists that they are made from are not packaged. */
function stageLicences(folders: PackagingFolders, runtime: Runtime): void {
  const lists = ['main', 'preload', 'renderer'].map((part) =>
    join(folders.application, 'out', part, 'licences.json'),
  )
  const packages = unlistedPackages
    .map((folder) => readPackageLicence(join(root, folder)))
    .concat(readNativeLicences(findNativePackages(nativePackages, root)))
    .concat(readCompiledLicences(join(root, 'node_modules')))
  writeFileSync(join(folders.licences, 'THIRD-PARTY-LICENSES.txt'), thirdPartyLicences(lists, packages))
  for (const list of lists) rmSync(list)
  cpSync(join(root, 'LICENSE'), join(folders.licences, 'LICENSE.txt'))
  const missing = [['LICENSE', 'LICENSE.electron.txt'], ['LICENSES.chromium.html']].filter(
    (names) => !names.some((name) => existsSync(join(runtime.folder, name))),
  )
  for (const [name] of missing) {
    console.log(`The runtime's folder has no ${name}: the packages lack it, so they are for tests only.`)
  }
}
