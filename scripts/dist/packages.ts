import { existsSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Arch, build, Platform } from 'electron-builder'
import {
  builderConfiguration,
  type PackagingFolders,
  type ReleaseRepository,
  type Runtime,
} from '../../packaging/electron-builder.ts'
import { identity } from '../../packaging/identity.ts'
import { errorMessage } from '../../shared/error-message.ts'
import { hasProgram } from '../system.ts'
import { makeDeb } from './deb.ts'
import { packageManifest, root } from './stage-application.ts'
import { makeTarball } from './tarball.ts'

export interface PackagingOptions {
  readonly runtime: Runtime
  readonly folders: PackagingFolders
  readonly releases: ReleaseRepository | undefined
  /** Whether to make an AppImage. electron-builder may download the tool for it. */
  readonly appImage: boolean
}

export interface PackagingResult {
  /** The packages' files. */
  readonly packages: readonly string[]
  /** The folder in `dist/` with the unpacked application. */
  readonly unpacked: string
  /** A sentence for each package that could not be made. */
  readonly notes: readonly string[]
}

const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64

/** Makes the packages of this system. */
export async function makePackages(options: PackagingOptions): Promise<PackagingResult> {
  const { output } = options.folders
  const suffix = process.arch === 'arm64' ? '-arm64' : ''
  switch (process.platform) {
    case 'linux':
      return await makeLinuxPackages(options, join(output, `linux${suffix}-unpacked`))
    case 'darwin': {
      const packages = await runBuilder(options, Platform.MAC, ['dmg', 'zip'])
      return { packages, unpacked: join(output, `mac${suffix}`), notes: [] }
    }
    case 'win32': {
      const packages = await runBuilder(options, Platform.WINDOWS, ['nsis'])
      return { packages, unpacked: join(output, `win${suffix}-unpacked`), notes: [] }
    }
    default:
      throw new Error(`Skein makes no packages on ${process.platform}: use Linux, macOS or Windows.`)
  }
}

async function makeLinuxPackages(options: PackagingOptions, unpacked: string): Promise<PackagingResult> {
  await runBuilder(options, Platform.LINUX, ['dir'])
  const packages: string[] = []
  const notes: string[] = []
  if (hasProgram('dpkg-deb')) packages.push(makeDeb(unpacked, options.folders, packageManifest.version))
  else notes.push('There is no .deb, because this system has no dpkg-deb.')
  const image = await makeAppImage(options)
  if (image.kind === 'made') packages.push(...image.packages)
  else {
    packages.push(makeTarball(unpacked, options.folders.output, packageManifest.version))
    notes.push(`There is a tar.gz instead of an AppImage: ${image.reason}.`)
  }
  return { packages, unpacked, notes }
}

type AppImageResult =
  | { readonly kind: 'made'; readonly packages: readonly string[] }
  | { readonly kind: 'impossible'; readonly reason: string }

/** Downloads the tool only on request: without a network, the download takes minutes to fail. */
async function makeAppImage(options: PackagingOptions): Promise<AppImageResult> {
  if (!options.appImage) {
    const reason = 'its tool must be downloaded, which "npm run dist -- --appimage" does'
    return { kind: 'impossible', reason }
  }
  try {
    return { kind: 'made', packages: await runBuilder(options, Platform.LINUX, ['AppImage']) }
  } catch (error) {
    const [message] = errorMessage(error).split('\n')
    return { kind: 'impossible', reason: `electron-builder could not get or run its tool (${message})` }
  }
}

/** Returns the files that electron-builder made. Removes its notes. */
async function runBuilder(
  options: PackagingOptions,
  platform: Platform,
  targets: string[],
): Promise<readonly string[]> {
  const { runtime, folders, releases } = options
  try {
    const files = await build({
      projectDir: root,
      targets: platform.createTarget(targets, arch),
      config: builderConfiguration(runtime, folders, releases),
      publish: 'never',
    })
    return files.filter((file) => existsSync(file))
  } finally {
    for (const notes of [
      'builder-debug.yml',
      'builder-effective-config.yaml',
      '__appImage-x64',
      '__appImage-arm64',
    ]) {
      rmSync(join(folders.output, notes), { recursive: true, force: true })
    }
  }
}

/** Returns the program in the unpacked application. */
export function programIn(unpacked: string): string {
  if (process.platform === 'darwin') return join(unpacked, `${identity.product}.app`)
  return join(unpacked, process.platform === 'win32' ? `${identity.product}.exe` : identity.command)
}
