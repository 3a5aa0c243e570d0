import { execFileSync } from 'node:child_process'
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { publishTypes } from './public-types.ts'

/**
 * Builds what the tarball of @skein/threading contains. npm calls it around `npm pack`: `prepack` compiles src to dist
 * and points the package's exports there, `postpack` points them back to the sources. Both only replace one path by the
 * other, so either can run at any time and twice: after an interrupted `npm pack`, run `node scripts/threading-package.ts
 * postpack`.
 */

const folder = fileURLToPath(new URL('../shared/threading', import.meta.url))
const manifest = join(folder, 'package.json')
const dist = join(folder, 'dist')

function pointExports(pattern: RegExp, path: string): void {
  const text = readFileSync(manifest, 'utf8')
  const pointed = text.replace(pattern, path)
  if (pointed !== text) writeFileSync(manifest, pointed)
}

/** Compiles the package to a folder, with public types. */
export function buildThreading(outDir: string): void {
  rmSync(outDir, { recursive: true, force: true })
  const compiler = fileURLToPath(new URL('../node_modules/typescript/lib/tsc.js', import.meta.url))
  const options = ['-p', 'tsconfig.build.json', '--outDir', outDir]
  execFileSync(process.execPath, [compiler, ...options], { cwd: folder, stdio: 'inherit' })
  publishTypes(outDir, ['index.d.ts', 'inspect.d.ts', 'node.d.ts', 'web.d.ts', 'worklet.d.ts'])
}

function runStep(step: string | undefined): void {
  if (step === 'prepack') {
    buildThreading(dist)
    pointExports(/\.\/src\/(\w+)\.ts/g, './dist/$1.js')
  } else if (step === 'postpack') {
    pointExports(/\.\/dist\/(\w+)\.js/g, './src/$1.ts')
    rmSync(dist, { recursive: true, force: true })
  } else throw new Error('Usage: node scripts/threading-package.ts prepack | postpack')
}

if (process.argv[1] === fileURLToPath(import.meta.url)) runStep(process.argv[2])
