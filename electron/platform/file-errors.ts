/** The error code of a failed file system call, such as `ENOENT`; undefined for other errors. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined
}

/** One sentence for the user: why a file or folder of the library cannot be read, and what to do. */
export function describeReadError(error: unknown, what: 'file' | 'folder', path: string): string {
  const code = errorCode(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      // Node writes U+FFFD for bytes that are not UTF-8, and the name it then has leads nowhere.
      if (path.includes('\uFFFD')) return `The name of this ${what} is not valid UTF-8: rename it.`
      return `The ${what} is not there any more, or is a link to something that is not there.`
    case 'EACCES':
    case 'EPERM':
      return `Skein may not read this ${what}: change its permissions to include it.`
    case 'ELOOP':
      return 'This link leads back to itself: remove it or point it elsewhere.'
    case 'ENAMETOOLONG':
      return `The path of this ${what} is longer than the system can open: move it further up.`
    case 'EMFILE':
    case 'ENFILE':
      return `The system had too many files open to read this ${what}: scan again.`
    default:
      return `The ${what} could not be read${code === undefined ? '' : ` (${code})`}: check the disk it is on.`
  }
}

export const notAFile = 'This is a device or a pipe and no file: remove it or rename it.'
export const fileIsEmpty = 'The file is empty: copy or download it again.'
export const fileIsNoAudio = 'The file holds no audio that Skein knows, whatever its name says.'
export const fileIsDamaged = 'The file is damaged or cut short: copy or download it again.'
