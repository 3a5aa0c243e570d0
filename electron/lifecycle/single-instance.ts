import { spawnSync } from 'node:child_process'
import { lstatSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import type { App } from 'electron'
import * as v from 'valibot'
import { m } from '../../shared/i18n/messages.js'
import { type LaunchRequest, launchRequestSchema } from '../host/launch-request.ts'
import { errorCode } from '../platform/node-errors.ts'
import { removeIfPossible } from '../platform/remove-if-possible.ts'
import { isForeignOption } from './command-line.ts'

/**
 * The maximum of bytes of command line and request that are handed over directly. Chromium takes 32 KiB; a start that
 * sends more is not understood and ends the running Skein, which then seems to hang.
 */
const maxRequestBytes = 12 * 1024

/** Names the file with the request of a start, in the environment of the start that it spawns. */
const requestFileVariable = 'SKEIN_HAND_OVER'
const requestFilePattern = /^hand-over-\d+\.json$/

const receivedDataSchema = v.union([launchRequestSchema, v.strictObject({ file: v.string() })])

/** The part of Electron's `app` that this needs. */
export type InstanceApp = Pick<App, 'isPackaged' | 'requestSingleInstanceLock'> & {
  getPath(name: 'userData'): string
}

export type SingleInstanceResult =
  /** This process is the first instance: it runs the request itself. */
  | { readonly kind: 'first'; readonly request: LaunchRequest }
  | { readonly kind: 'handed-over'; readonly code: number }

/** Becomes the only Skein of the data folder, or hands the request over to the one that runs. */
export function acquireSingleInstance(app: InstanceApp, request: LaunchRequest): SingleInstanceResult {
  const file = process.env[requestFileVariable]
  delete process.env[requestFileVariable]
  if (file !== undefined) {
    return app.requestSingleInstanceLock({ file })
      ? { kind: 'first', request: takeRequestFile(app, file) ?? request }
      : { kind: 'handed-over', code: 0 }
  }
  if (isTooLongToSend(request) && isPossiblyRunning(app))
    return { kind: 'handed-over', code: relaunchWithRequestFile(app, request) }
  return app.requestSingleInstanceLock(request)
    ? { kind: 'first', request }
    : { kind: 'handed-over', code: 0 }
}

/** Returns the request that another start handed over; undefined if the data is not a request. */
export function parseReceivedRequest(app: InstanceApp, data: unknown): LaunchRequest | undefined {
  const { success, output } = v.safeParse(receivedDataSchema, data)
  if (!success) return undefined
  return 'file' in output ? takeRequestFile(app, output.file) : output
}

/** Whether a Skein with this data folder may run. A stale lock counts too; Windows has no lock file. */
export function isPossiblyRunning(app: InstanceApp): boolean {
  if (process.platform === 'win32') return true
  return lstatSync(join(app.getPath('userData'), 'SingletonLock'), { throwIfNoEntry: false }) !== undefined
}

function isTooLongToSend(request: LaunchRequest): boolean {
  const bytes = Buffer.byteLength(JSON.stringify(request)) + Buffer.byteLength(process.argv.join('\0'))
  return bytes > maxRequestBytes
}

/** Chromium always sends the whole command line. So another start, without paths, hands over a file with the request. */
function relaunchWithRequestFile(app: InstanceApp, request: LaunchRequest): number {
  const file = join(app.getPath('userData'), `hand-over-${process.pid}.json`)
  try {
    writeFileSync(file, JSON.stringify(request), { mode: 0o600 })
  } catch (error) {
    removeIfPossible(file)
    console.error(m.cli_too_many_files({ code: errorCode(error) ?? String(error) }))
    return 1
  }
  const args = app.isPackaged
    ? process.argv.slice(1).filter(isForeignOption)
    : process.argv.slice(1, firstUserArgumentIndex(app))
  const { status } = spawnSync(process.execPath, args, {
    env: { ...process.env, [requestFileVariable]: file },
    stdio: 'inherit',
  })
  // The instance that read it has removed it.
  removeIfPossible(file)
  return status ?? 1
}

/** Returns the index in `argv` after the program and, if it is not packaged, the application's folder. */
export function firstUserArgumentIndex(
  { isPackaged }: Pick<App, 'isPackaged'>,
  argv: readonly string[] = process.argv,
): number {
  if (isPackaged) return 1
  return argv.findIndex((argument, index) => index > 0 && !argument.startsWith('-')) + 1
}

/** Reads a request from a file of the data folder, and removes the file. */
function takeRequestFile(app: InstanceApp, file: string): LaunchRequest | undefined {
  if (dirname(file) !== app.getPath('userData') || !requestFilePattern.test(basename(file))) return undefined
  try {
    return v.parse(launchRequestSchema, JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  } finally {
    removeIfPossible(file)
  }
}
