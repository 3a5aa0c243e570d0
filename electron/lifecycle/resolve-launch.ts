import { existsSync } from 'node:fs'
import type { App } from 'electron'
import { m } from '../../shared/i18n/messages.js'
import type { LaunchRequest } from '../host/launch-request.ts'
import { acquireSingleInstance, type InstanceApp, isPossiblyRunning } from './single-instance.ts'
import { configureUserDataFolder, type UserDataOptions } from './user-data-folder.ts'

export type LaunchResult =
  /** This process is the first instance and runs the request itself. */
  | { readonly kind: 'run'; readonly request: LaunchRequest }
  /** Another Skein runs the request, or none can. */
  | { readonly kind: 'exit'; readonly code: number; readonly output?: string; readonly error?: string }

export interface LaunchOptions extends UserDataOptions {
  readonly app: UserDataOptions['app'] & InstanceApp & Pick<App, 'releaseSingleInstanceLock'>
  readonly request: LaunchRequest
}

/** Decides whether this process becomes the running Skein. Sets Chromium's folders, so call it first. */
export function resolveLaunch(options: LaunchOptions): LaunchResult {
  const { app, folder, request } = options
  // Next and previous, which may be bound to a media key, do not start Skein. Play does.
  const needsRunning = request.kind === 'command' && request.command !== 'play-pause'
  // Without a data folder no Skein runs, and none is created.
  if (needsRunning && !existsSync(folder)) return notRunning()
  // In a read-only data folder without a running Skein no lock is possible, and two copies can do no harm.
  const canLock = configureUserDataFolder(options)
  if (needsRunning && !(canLock && isPossiblyRunning(app))) return notRunning()
  if (!canLock) return { kind: 'run', request }
  const result = acquireSingleInstance(app, request)
  if (result.kind === 'handed-over') {
    const isShown = request.kind === 'show' && result.code === 0
    return { kind: 'exit', code: result.code, ...(isShown && { output: m.cli_already_running() }) }
  }
  if (!needsRunning) return { kind: 'run', request: result.request }
  app.releaseSingleInstanceLock()
  return notRunning()
}

const notRunning = (): LaunchResult => ({ kind: 'exit', code: 1, error: m.cli_not_running() })
