import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'

/** Whether a window can be shown. */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)
}

/** Whether a program of this name is on the PATH of a Unix system. */
export function hasProgram(name: string): boolean {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => {
    try {
      accessSync(join(folder, name), constants.X_OK)
      return true
    } catch {
      return false
    }
  })
}

/** Whether this process runs as root. Chromium's sandbox does not work then, so tests start without it. */
export const isRoot = process.getuid?.() === 0
