import { spawnSync } from 'node:child_process'
import { basename, dirname, join } from 'node:path'
import { identity } from '../../packaging/identity.ts'
import { buildTime } from './build-time.ts'

/** Packs the unpacked application with the system's tar into a folder with the name of the archive. */
export function makeTarball(unpacked: string, output: string, version: string): string {
  const name = `${identity.command}-${version}-linux-${process.arch}`
  const file = join(output, `${name}.tar.gz`)
  const args = [
    '--create',
    '--gzip',
    `--file=${file}`,
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--sort=name',
    `--mtime=@${buildTime()}`,
    `--transform=s,^${basename(unpacked)},${name},`,
    // It is unpacked by hand, so nothing can put a newer one in its place.
    '--exclude=app-update.yml',
    `--directory=${dirname(unpacked)}`,
    basename(unpacked),
  ]
  const { status, stderr } = spawnSync('tar', args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`tar could not pack ${file}: ${stderr}`)
  return file
}
