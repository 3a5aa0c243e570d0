import { spawnSync } from 'node:child_process'

/**
 * Runs ffmpeg for the scripts that make the demo album and the test fixtures. Their results are in the repository, so
 * nothing else needs it. Ends the process with one line if ffmpeg is missing, throws if it fails.
 */
export function ffmpeg(args: readonly string[], input?: Uint8Array): Buffer {
  const { error, status, stdout, stderr } = spawnSync(
    'ffmpeg',
    ['-hide_banner', '-loglevel', 'error', '-y', ...args],
    { input, maxBuffer: 2 ** 28 },
  )
  if (error && 'code' in error && error.code === 'ENOENT') {
    console.error('This script needs ffmpeg, which is not on the PATH. Install it and run the script again.')
    process.exit(1)
  }
  if (error) throw error
  if (status !== 0) throw new Error(`ffmpeg failed: ${stderr.toString()}`)
  return stdout
}
