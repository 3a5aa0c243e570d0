import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Release } from '../../packaging/changelog.ts'
import type { PackagingFolders } from '../../packaging/electron-builder.ts'
import { identity } from '../../packaging/identity.ts'
import { buildTime } from './build-time.ts'
import { debianChangelog, debianVersion, writeControl } from './debian-control.ts'
import { hicolorSizes } from './icons.ts'
import { metainfo, releasesUpTo } from './metainfo.ts'
import { root } from './stage-application.ts'

const { id, command } = identity
const packaging = join(root, 'packaging')
const architecture = process.arch === 'arm64' ? 'arm64' : 'amd64'

/** Releases take more time for a smaller file. The figures are in docs/packaging.md. */
const compression = ['-Zxz', process.env.CI === undefined ? '-z1' : '-z6']

/**
 * Makes the .deb with Debian's dpkg-deb. It needs no scripts: Debian's triggers update the databases of desktop entries
 * and icons if the packages of these databases are installed.
 */
export function makeDeb(unpacked: string, folders: PackagingFolders, version: string): string {
  const tree = join(folders.output, 'debian')
  rmSync(tree, { recursive: true, force: true })
  layOut(tree, unpacked, folders, releasesUpTo(version))
  setModes(tree)
  writeControl(tree, version, architecture)
  const file = join(folders.output, `${command}_${debianVersion(version)}_${architecture}.deb`)
  run('dpkg-deb', ['--root-owner-group', ...compression, '--build', tree, file])
  rmSync(tree, { recursive: true })
  return file
}

function layOut(
  tree: string,
  unpacked: string,
  folders: PackagingFolders,
  releases: readonly Release[],
): void {
  const put = (source: string, ...path: string[]) => {
    mkdirSync(dirname(join(tree, ...path)), { recursive: true })
    cpSync(source, join(tree, ...path), { recursive: true, verbatimSymlinks: true })
  }
  const write = (content: string | Buffer, ...path: string[]) => {
    mkdirSync(dirname(join(tree, ...path)), { recursive: true })
    writeFileSync(join(tree, ...path), content)
  }
  put(unpacked, 'usr/lib', command)
  // In Debian the application's licence is in the copyright file, and updates come from the package manager.
  rmSync(join(tree, 'usr/lib', command, 'LICENSE.txt'))
  rmSync(join(tree, 'usr/lib', command, 'resources', 'app-update.yml'), { force: true })
  mkdirSync(join(tree, 'usr/bin'), { recursive: true })
  symlinkSync(`../lib/${command}/${command}`, join(tree, 'usr/bin', command))
  put(join(packaging, 'linux', `${id}.desktop`), 'usr/share/applications', `${id}.desktop`)
  write(metainfo(releases), 'usr/share/metainfo', `${id}.metainfo.xml`)
  for (const size of hicolorSizes) {
    const name = `${size}x${size}`
    put(join(folders.icons, 'hicolor', `${name}.png`), `usr/share/icons/hicolor/${name}/apps`, `${id}.png`)
  }
  put(join(folders.icons, 'icon.svg'), 'usr/share/icons/hicolor/scalable/apps', `${id}.svg`)
  put(join(packaging, 'debian', 'copyright'), 'usr/share/doc', command, 'copyright')
  put(join(packaging, 'debian', 'lintian-overrides'), 'usr/share/lintian/overrides', command)
  write(gzipSync(debianChangelog(releases), { level: 9 }), 'usr/share/doc', command, 'changelog.gz')
  write(
    gzipSync(readFileSync(join(packaging, 'linux', 'skein.1')), { level: 9 }),
    'usr/share/man/man1',
    `${command}.1.gz`,
  )
}

/** Makes every file readable for all. Programs remain executable. */
function setModes(tree: string): void {
  chmodSync(tree, 0o755)
  for (const entry of readdirSync(tree, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isSymbolicLink()) continue
    const isProgram = entry.isDirectory() || (statSync(path).mode & 0o100) !== 0
    chmodSync(path, isProgram && !/\.so(\.|$)/.test(entry.name) ? 0o755 : 0o644)
  }
  chmodSync(join(tree, 'usr/lib', command, 'chrome-sandbox'), 0o4755)
}

function run(program: string, args: readonly string[]): void {
  const environment = { ...process.env, SOURCE_DATE_EPOCH: String(buildTime()) }
  const { status, stderr } = spawnSync(program, args, { env: environment, encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} failed: ${stderr}`)
}
