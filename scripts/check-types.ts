/**
 * `npm run types`: checks every TypeScript project. Each room of the source has its own, so that none of them sees
 * globals that it does not have at run time.
 */
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const projects = ['shared', 'renderer', 'renderer/workers', 'electron', 'tests', '.']

const root = fileURLToPath(new URL('..', import.meta.url))
const compiler = fileURLToPath(new URL('../node_modules/typescript/bin/tsc', import.meta.url))
let failed = false
// All of them are checked, so that one failure does not hide another.
for (const project of projects) {
  const { status } = spawnSync(process.execPath, [compiler, '--project', project], {
    cwd: root,
    stdio: 'inherit',
  })
  if (status === 0) continue
  console.error(`The TypeScript project ${project} has errors.`)
  failed = true
}
process.exit(failed ? 1 : 0)
