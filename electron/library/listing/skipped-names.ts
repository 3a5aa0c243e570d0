/** Folders, in lower case, that file systems, file servers and archive programs create for themselves. */
const systemFolders: ReadonlySet<string> = new Set([
  // Windows.
  '$recycle.bin',
  '$extend',
  '$winreagent',
  '$sysreset',
  'system volume information',
  // Unix and macOS. The last one is a rest of an archive with companion files.
  'lost+found',
  'network trash folder',
  'temporary items',
  'thevolumesettingsfolder',
  '__macosx',
  // Synology, QNAP, NetApp and others.
  '@eadir',
  '@tmp',
  '@sharebin',
  '@recycle',
  '@recently-snapshot',
  '@snapshots',
  '#recycle',
  '#snapshot',
  '~snapshot',
])

/** Below `RECYCLER`, older Windows has a folder for each user, named by the user's security identifier. */
const securityIdentifier = /^s-1-\d+(-\d+)+$/i

/**
 * Whether the scan ignores a file or folder: a hidden one, a companion file of macOS (`._…`), a trash folder, or a folder
 * of the system. A name that begins with several dots is not hidden: it is a title (`...And Justice for All`).
 */
export function isSkippedName(name: string): boolean {
  return isHiddenName(name) || systemFolders.has(name.toLowerCase()) || securityIdentifier.test(name)
}

/** Netatalk stores the first dot as `:2e`. */
const isHiddenName = (name: string): boolean => /^(?:\.|:2e)(?!\.)/i.test(name)
