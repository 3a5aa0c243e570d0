import { execFileSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const project = fileURLToPath(new URL('../../../', import.meta.url))

const packageSources = [
  'shared/threading',
  'scripts/public-types.ts',
  'scripts/threading-package.ts',
  'tsconfig.base.json',
]

/**
 * Packs the package, and installs the tarball in a new folder outside of the repository, which is returned. A copy is
 * packed: packing points the package's exports elsewhere for a moment, and other tests load it meanwhile.
 */
export function installPacked(): string {
  const folder = mkdtempSync(join(tmpdir(), 'threading-package-'))
  const copy = mkdtempSync(join(tmpdir(), 'threading-sources-'))
  for (const path of packageSources) cpSync(join(project, path), join(copy, path), { recursive: true })
  const workspaces = ['shared/threading']
  writeFileSync(join(copy, 'package.json'), JSON.stringify({ name: 'copy', type: 'module', workspaces }))
  symlinkSync(join(project, 'node_modules'), join(copy, 'node_modules'), 'junction')
  npm(copy, 'pack', '-w', '@skein/threading', '--pack-destination', folder)
  rmSync(join(copy, 'node_modules'))
  rmSync(copy, { recursive: true })
  const tarball = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? 'none'
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'sample', type: 'module' }))
  npm(folder, 'install', '--offline', '--no-audit', '--no-fund', join(folder, tarball))
  return folder
}

/** Writes the README's samples to a folder: each code block whose first line is a comment with a file's name. */
export function writeSamples(folder: string): string[] {
  const readme = readFileSync(join(folder, 'node_modules/@skein/threading/README.md'), 'utf8')
  const samples = [...readme.matchAll(/```(?:js|html)\n(?:\/\/|<!--) ([\w.-]+)(?: -->)?\n([\s\S]*?)```/g)]
  return samples.map(([, name = '', code = '']) => {
    writeFileSync(join(folder, name), code)
    return name
  })
}

const versions = { 20: '20.20.2', 22: '22.23.3' }

/** The program of a Node of this major version. One that is not installed is fetched from the registry, once. */
export function nodeProgram(major: 20 | 22 | 24): string {
  if (process.versions.node.startsWith(`${major}.`) || major === 24) return process.execPath
  const system = process.platform === 'win32' ? 'win' : process.platform
  const platform = `${system === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node'}-${system}-${process.arch}`
  const folder = join(project, `node_modules/.cache/node-${major}`)
  const program = join(folder, 'node_modules', platform, 'bin', system === 'win' ? 'node.exe' : 'node')
  if (!existsSync(program)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(join(folder, 'package.json'), '{}')
    npm(folder, 'install', '--no-audit', '--no-fund', `${platform}@${versions[major]}`)
  }
  return program
}

function npm(folder: string, ...args: string[]): string {
  const isWindows = process.platform === 'win32'
  return execFileSync(isWindows ? 'npm.cmd' : 'npm', [...args, '--loglevel=error'], {
    cwd: folder,
    encoding: 'utf8',
    shell: isWindows,
  })
}
