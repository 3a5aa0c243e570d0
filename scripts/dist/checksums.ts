import { createHash } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'

/** Writes SHA256SUMS in the format of `sha256sum --check`. */
export function writeChecksums(folder: string, files: readonly string[]): void {
  const lines = files.map((file) => `${digest('sha256', file)}  ${basename(file)}\n`)
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''))
}

export function digest(algorithm: 'sha256' | 'md5', file: string): string {
  return createHash(algorithm).update(readFileSync(file)).digest('hex')
}
