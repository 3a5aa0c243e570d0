import { findForbiddenFolders, readFolderIdentity } from '../listing/folder-identity.ts'
import { isPresent } from '../listing/folder-presence.ts'
import { FolderScan } from '../scanning/folder-scan.ts'
import { absolutePath, type OpenFolder } from '../scanning/open-folder.ts'
import type { ScanReaders } from '../scanning/scan-readers.ts'
import type { SourceScanOptions, TrackSource } from '../scanning/track-source.ts'

/** Files on the disks of this machine. */
export class FolderSource implements TrackSource {
  readonly isWatchable = true
  readonly #readers: ScanReaders

  constructor(readers: ScanReaders) {
    this.#readers = readers
  }

  async isPresent(root: string): Promise<boolean> {
    return await isPresent(root)
  }

  async scan(options: SourceScanOptions): Promise<boolean> {
    const { folder, folders, entered, only, ...rest } = options
    for (const { root } of folders) {
      const identity = await readFolderIdentity(root).catch(() => undefined)
      if (identity !== undefined) entered.add(identity)
    }
    for (const identity of await findForbiddenFolders(folder.root)) entered.add(identity)
    // Without its folder, a directory is not missing by itself.
    const isPartial = only !== undefined && (await isPresent(folder.root))
    const scan = new FolderScan({
      ...rest,
      folder,
      entered,
      readers: this.#readers,
      isExcluded: (path) => isExcluded(folder, folders, path),
      ...(isPartial && { only }),
    })
    return await scan.run()
  }

  locate(root: string, path: string): string {
    return absolutePath({ root }, path)
  }
}

function isExcluded(folder: OpenFolder, folders: readonly OpenFolder[], path: string): boolean {
  if (folder.excluded.includes(path)) return true
  const absolute = absolutePath(folder, path)
  return folders.some((other) => other !== folder && other.root === absolute)
}
