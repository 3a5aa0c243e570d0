import { access, constants, opendir } from 'node:fs/promises'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { errorCode } from '../platform/node-errors.ts'
import { displayPath, toSystemPath } from '../platform/system-path.ts'
import { DiskHangsError, userDisks } from '../platform/user-disk.ts'
import { UserError } from '../platform/user-error.ts'

/** Throws a UserError that says why the folder cannot be opened. */
export async function checkFolder(folder: string): Promise<void> {
  try {
    await userDisks.access(folder, async () => {
      const path = toSystemPath(folder)
      const entries = await opendir(path)
      await entries.close()
      await access(path, constants.X_OK)
    })
  } catch (error) {
    if (error instanceof DiskHangsError) throw error
    throw new UserError(describeOpenError(folder, error))
  }
}

function describeOpenError(path: string, error: unknown): string {
  const folder = isolate(displayPath(path))
  const code = errorCode(error)
  switch (code) {
    case 'ENOENT':
      return m.host_open_missing({ folder })
    case 'ENOTDIR':
      return m.host_open_is_file({ folder })
    case 'EACCES':
    case 'EPERM':
      return m.host_open_forbidden({ folder })
    default:
      return m.host_open_failed({ folder, code: code ?? isolate(String(error)) })
  }
}
