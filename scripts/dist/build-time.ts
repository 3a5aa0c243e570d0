import { spawnSync } from 'node:child_process'
import { root } from './stage-application.ts'

/**
 * Returns the time of the files in packages in seconds since 1970: SOURCE_DATE_EPOCH, else the time of the commit, so that
 * a commit always results in the same package. Without a repository it is the present time.
 */
export function buildTime(): number {
  const chosen = Number(process.env.SOURCE_DATE_EPOCH)
  if (Number.isInteger(chosen) && chosen > 0) return chosen
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  return Number(stdout) || Math.floor(Date.now() / 1000)
}
