import { readFileSync } from 'node:fs'
import { dirname, parse } from 'node:path'

/** Milliseconds for which the list of mount points is taken as current. */
const mountPointsLifetime = 1000

interface MountPoint {
  readonly path: string
  readonly fileSystem: string
}

let mountPoints: readonly MountPoint[] = []
let readAt = Number.NEGATIVE_INFINITY

/**
 * Returns a name for the part of the file system that hangs if this path does: its mount point; on the system's own disk,
 * where a link can lead to another disk, only its folder. Does not access the path.
 */
export function diskOf(path: string): string {
  const mountPoint = mountPointOf(path)
  if (mountPoint !== undefined) return mountPoint.path
  const { root } = parse(path)
  // A share of another machine begins with two backslashes.
  return root.startsWith('\\\\') ? root : dirname(path)
}

/**
 * Returns the name of the file system on the disk that is mounted at or above a path: `ext4`, `nfs`. Undefined on the
 * system's own disk, and where the system does not list its disks. Does not access the path.
 */
export function fileSystemOf(path: string): string | undefined {
  return mountPointOf(path)?.fileSystem
}

/** The last disk that was mounted at a path hides the others. */
function mountPointOf(path: string): MountPoint | undefined {
  let found: MountPoint | undefined
  for (const mount of currentMountPoints())
    if (
      mount.path.length >= (found?.path.length ?? 0) &&
      (path === mount.path || path.startsWith(`${mount.path}/`))
    )
      found = mount
  return found
}

/** Returns the mount points other than `/`. */
function currentMountPoints(): readonly MountPoint[] {
  const now = performance.now()
  if (now - readAt > mountPointsLifetime) {
    mountPoints = readMountPoints()
    readAt = now
  }
  return mountPoints
}

function readMountPoints(): readonly MountPoint[] {
  try {
    return readFileSync('/proc/self/mountinfo', 'utf8')
      .split('\n')
      .map(parseMountPoint)
      .filter(({ path }) => path.length > 1)
  } catch {
    return []
  }
}

/** The name of the file system is the first field after a hyphen: the number of fields before it varies. */
function parseMountPoint(line: string): MountPoint {
  const fields = line.split(' ')
  return {
    path: unescapeMount(fields[4] ?? ''),
    fileSystem: fields[fields.indexOf('-', 6) + 1] ?? '',
  }
}

/** Spaces and other characters are written as octal numbers. */
function unescapeMount(text: string): string {
  return text.replace(/\\([0-7]{3})/g, (_, digits: string) => String.fromCharCode(Number.parseInt(digits, 8)))
}
