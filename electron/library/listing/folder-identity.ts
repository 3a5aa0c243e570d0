import { realpath, stat } from 'node:fs/promises'
import { dirname, parse, resolve } from 'node:path'
import { decodePath, toSystemPath } from '../../platform/system-path.ts'
import { userDisks } from '../../platform/user-disk.ts'

/** Returns a folder's device and inode, which are the same for every path to it. */
export async function readFolderIdentity(path: string): Promise<string> {
  const { dev, ino } = await userDisks.access(path, () => stat(toSystemPath(path), { bigint: true }))
  // Some network file systems number no folder.
  return ino === 0n ? await realFolder(path) : `${dev}:${ino}`
}

const realFolder = async (path: string): Promise<string> =>
  decodePath(await userDisks.access(path, () => realpath(toSystemPath(path), { encoding: 'buffer' })))

/** Folders of Linux that contain no files of the user, but links to everything, or files without an end. */
const kernelFolders = process.platform === 'linux' ? ['/proc', '/sys', '/dev'] : []

/** Returns the identities of the folders that contain the root, and of the system's. The root itself is none of them. */
export async function findForbiddenFolders(root: string): Promise<Set<string>> {
  const real = await realFolder(root).catch(() => resolve(root))
  const isInKernelFolder = kernelFolders.some((folder) => real === folder || real.startsWith(`${folder}/`))
  const folders = new Set([
    ...ancestors(root),
    ...ancestors(real),
    ...(isInKernelFolder ? [] : kernelFolders),
  ])
  const identities = new Set<string>()
  for (const folder of folders) {
    // A folder that cannot be read cannot be entered either.
    const identity = await readFolderIdentity(folder).catch(() => undefined)
    if (identity !== undefined) identities.add(identity)
  }
  // A drive's root is its own parent, and a mounted folder can be the same as one that contains it.
  identities.delete(await readFolderIdentity(root).catch(() => ''))
  return identities
}

/** Returns the folders that contain this one, by its path. */
function ancestors(folder: string): string[] {
  const found: string[] = []
  for (let path = resolve(folder); path !== parse(path).root; ) {
    path = dirname(path)
    found.push(path)
  }
  return found
}
