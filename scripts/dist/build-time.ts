import { spawnSync } from 'node:child_process'
import { root } from './stage-application.ts'

/**
 * Seconds since 1970 that files in packages are of: the commit's time, so that one commit makes one package;
 * SOURCE_DATE_EPOCH says another, and where there is no repository it is now.
 */
export function buildTime(): number {
  const given = Number(process.env.SOURCE_DATE_EPOCH)
  if (Number.isInteger(given) && given > 0) return given
  const { stdout } = spawnSync('git', ['log', '-1', '--format=%ct'], { cwd: root, encoding: 'utf8' })
  return Number(stdout) || Math.floor(Date.now() / 1000)
}
