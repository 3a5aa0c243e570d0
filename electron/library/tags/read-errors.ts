import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { errorCode } from '../../platform/node-errors.ts'
import { DiskHangsError } from '../../platform/user-disk.ts'

/** Returns one sentence for the user: why a file or folder of the library cannot be read, and what to do. */
export function describeReadError(error: unknown, what: 'file' | 'folder', path: string): string {
  if (error instanceof DiskHangsError) return error.message
  const code = errorCode(error)
  switch (code) {
    case 'ENOENT':
    case 'ENOTDIR':
      // Node writes U+FFFD for bytes that are not UTF-8. Such a path names no file.
      return path.includes('\uFFFD') ? m.host_read_name_invalid({ what }) : m.host_read_missing({ what })
    case 'EACCES':
    case 'EPERM':
      return m.host_read_forbidden({ what })
    case 'ELOOP':
      return m.host_read_link_loop()
    case 'ENAMETOOLONG':
      return m.host_read_path_too_long({ what })
    case 'EMFILE':
    case 'ENFILE':
      return m.host_read_too_many_open({ what })
    default:
      return m.host_read_failed({ what, code: code ?? isolate(String(error)) })
  }
}
