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
import { hasProgram } from '../system.ts'
import { makeDeb } from './deb.ts'
import { packageManifest, root } from './stage-application.ts'
import { makeTarball } from './tarball.ts'

export interface PackagingOptions {
  readonly runtime: Runtime
  readonly places: PackagingFolders
  readonly releases: ReleaseRepository | undefined
  /** Whether an AppImage is to be made, for which electron-builder may download the tool. */
  readonly appImage: boolean
}

export interface PackagingResult {
  /** The packages' files. */
  readonly packages: readonly string[]
  /** The folder in `dist/` in which the application lies unpacked. */
  readonly unpacked: string
  /** A sentence for each package that could not be made. */
  readonly notes: readonly string[]
}

const arch = process.arch === 'arm64' ? Arch.arm64 : Arch.x64

/** Makes the packages of this system. */
export async function makePackages(order: PackagingOptions): Promise<PackagingResult> {
  const { output } = order.places
  const suffix = process.arch === 'arm64' ? '-arm64' : ''
  switch (process.platform) {
    case 'linux':
      return await makeLinuxPackages(order, join(output, `linux${suffix}-unpacked`))
    case 'darwin': {
      const packages = await runBuilder(order, Platform.MAC, ['dmg', 'zip'])
      return { packages, unpacked: join(output, `mac${suffix}`), notes: [] }
    }
    case 'win32': {
      const packages = await runBuilder(order, Platform.WINDOWS, ['nsis'])
      return { packages, unpacked: join(output, `win${suffix}-unpacked`), notes: [] }
    }
    default:
      throw new Error(`Skein makes no packages on ${process.platform}: use Linux, macOS or Windows.`)
  }
}

async function makeLinuxPackages(order: PackagingOptions, unpacked: string): Promise<PackagingResult> {
  await runBuilder(order, Platform.LINUX, ['dir'])
  const packages: string[] = []
  const notes: string[] = []
  if (hasProgram('dpkg-deb')) packages.push(makeDeb(unpacked, order.places, packageManifest.version))
  else notes.push('There is no .deb: it is made with dpkg-deb, which this system has not.')
  const image = await makeAppImage(order)
  if (image.kind === 'made') packages.push(...image.packages)
  else {
    packages.push(makeTarball(unpacked, order.places.output, packageManifest.version))
    notes.push(`There is a tar.gz in place of an AppImage: ${image.why}.`)
  }
  return { packages, unpacked, notes }
}

type AppImageResult =
  | { readonly kind: 'made'; readonly packages: readonly string[] }
  | { readonly kind: 'impossible'; readonly why: string }

/** The tool is only asked for where it is wanted, since a network that is away takes minutes to say so. */
async function makeAppImage(order: PackagingOptions): Promise<AppImageResult> {
  if (!order.appImage) {
    const why = 'its tool has to be downloaded, which "npm run dist -- --appimage" does'
    return { kind: 'impossible', why }
  }
  try {
    return { kind: 'made', packages: await runBuilder(order, Platform.LINUX, ['AppImage']) }
  } catch (error) {
    const reason = error instanceof Error ? error.message.split('\n')[0] : error
    return { kind: 'impossible', why: `electron-builder could not get or run its tool (${reason})` }
  }
}

/** The files that electron-builder made; what it writes for itself is removed. */
async function runBuilder(
  order: PackagingOptions,
  platform: Platform,
  targets: string[],
): Promise<readonly string[]> {
  const { runtime, places, releases } = order
  try {
    const files = await build({
      projectDir: root,
      targets: platform.createTarget(targets, arch),
      config: builderConfiguration(runtime, places, releases),
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
      rmSync(join(places.output, notes), { recursive: true, force: true })
    }
  }
}

/** The program in the unpacked application. */
export function programIn(unpacked: string): string {
  if (process.platform === 'darwin') return join(unpacked, `${identity.product}.app`)
  return join(unpacked, process.platform === 'win32' ? `${identity.product}.exe` : identity.command)
}
