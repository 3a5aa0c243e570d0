/**
 * Whether a path leads to another machine than the playlist that contains it. To look at such a path sends the user's
 * credentials there, on Windows even without a question.
 */
export function isOnOtherMachine(
  path: string,
  playlist: string,
  windows = process.platform === 'win32',
): boolean {
  const machine = machineOf(path, windows)
  return machine !== undefined && machine !== machineOf(playlist, windows)
}

/** Returns the machine that an absolute path names; undefined for this one. */
function machineOf(path: string, windows: boolean): string | undefined {
  if (!windows) return /^\/+(net|Network\/Servers)\/+([^/]+)/.exec(path)?.[2]?.toLowerCase()
  const plain = path.replaceAll('/', '\\')
  // Namespaces of devices: `\\?\C:\Music` is a drive, `\\?\UNC\host\share` another machine.
  const [, device] = /^\\\\[?.]\\(.*)$/s.exec(plain) ?? []
  if (device !== undefined) {
    if (/^[a-z]:\\/i.test(device)) return undefined
    return /^unc\\+([^\\]+)/i.exec(device)?.[1]?.toLowerCase() ?? device.toLowerCase()
  }
  return /^\\\\+([^\\]+)/.exec(plain)?.[1]?.toLowerCase()
}

/** Whether an entry is the address of another protocol, such as `https:` or `smb:`. */
export const isRemoteAddress = (location: string): boolean =>
  /^\s*(?!file:)[a-z][a-z\d+.-]+:\/\//i.test(location)
