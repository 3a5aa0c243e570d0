import { readFileSync } from 'node:fs'
import { dirname, parse } from 'node:path'

/** Milliseconds for which the list of mount points is taken as current. */
const mountPointsLifetime = 1000

let mountPoints: readonly string[] = []
let readAt = Number.NEGATIVE_INFINITY

/**
 * Returns a name for the part of the file system that hangs if this path does: its mount point; on the system's own disk,
 * where a link can lead to another disk, only its folder. Does not access the path.
 */
export function diskOf(path: string): string {
  let mountPoint = ''
  for (const mount of currentMountPoints())
    if (mount.length > mountPoint.length && (path === mount || path.startsWith(`${mount}/`)))
      mountPoint = mount
  if (mountPoint !== '') return mountPoint
  const { root } = parse(path)
  // A share of another machine begins with two backslashes.
  return root.startsWith('\\\\') ? root : dirname(path)
}

/** Returns the mount points other than `/`. */
function currentMountPoints(): readonly string[] {
  const now = performance.now()
  if (now - readAt > mountPointsLifetime) {
    mountPoints = readMountPoints()
    readAt = now
  }
  return mountPoints
}

function readMountPoints(): readonly string[] {
  try {
    const lines = readFileSync('/proc/self/mountinfo', 'utf8').split('\n')
    return lines.map((line) => unescapeMount(line.split(' ')[4] ?? '')).filter((mount) => mount.length > 1)
  } catch {
    return []
  }
}

/** Spaces and other characters are written as octal numbers. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
