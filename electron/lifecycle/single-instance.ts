import { spawnSync } from 'node:child_process'
import { lstatSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { app } from 'electron'
import * as v from 'valibot'
import { isForeignOption, type LaunchRequest, launchRequestSchema } from '../host/command-line.ts'
import { errorCode } from '../platform/file-errors.ts'

/**
 * Bytes of words and order that are handed over at once. Chromium takes 32 KiB; a start that sends more is not
 * understood and ends the Skein that runs, for it seems to hang.
 */
const maxRequestBytes = 12 * 1024

/** Names the file that a start hands over in its stead, for the start that it starts. */
const requestFileVariable = 'SKEIN_HAND_OVER'
const requestFilePattern = /^hand-over-\d+\.json$/

const receivedDataSchema = v.union([launchRequestSchema, v.strictObject({ file: v.string() })])

export type SingleInstanceResult =
  /** This process is the first: it is to carry the order out itself. */
  | { readonly kind: 'first'; readonly order: LaunchRequest }
  | { readonly kind: 'handedOver'; readonly code: number }

/** Becomes the only Skein of the data folder, or hands the order to the one that is. */
export function acquireSingleInstance(order: LaunchRequest): SingleInstanceResult {
  const file = process.env[requestFileVariable]
  delete process.env[requestFileVariable]
  if (file !== undefined) {
    const isFirst = app.requestSingleInstanceLock({ file })
    return isFirst
      ? { kind: 'first', order: takeRequestFile(file) ?? order }
      : { kind: 'handedOver', code: 0 }
  }
  if (isTooLongToSend(order) && isPossiblyRunning())
    return { kind: 'handedOver', code: relaunchWithRequestFile(order) }
  return app.requestSingleInstanceLock(order) ? { kind: 'first', order } : { kind: 'handedOver', code: 0 }
}

/** The order that another start handed over; undefined where it is none. */
export function parseReceivedRequest(data: unknown): LaunchRequest | undefined {
  const { success, output } = v.safeParse(receivedDataSchema, data)
  if (!success) return undefined
  return 'file' in output ? takeRequestFile(output.file) : output
}

/** Whether a Skein with this data folder may run. A lock that a dead one left counts too; on Windows there is no file. */
export function isPossiblyRunning(): boolean {
  if (process.platform === 'win32') return true
  return lstatSync(join(app.getPath('userData'), 'SingletonLock'), { throwIfNoEntry: false }) !== undefined
}

function isTooLongToSend(order: LaunchRequest): boolean {
  return (
    Buffer.byteLength(JSON.stringify(order)) + Buffer.byteLength(process.argv.join('\0')) > maxRequestBytes
  )
}

/** Chromium sends a start's words whatever is handed over: another start, without them, hands over a file. */
function relaunchWithRequestFile(order: LaunchRequest): number {
  const file = join(app.getPath('userData'), `hand-over-${process.pid}.json`)
  try {
    writeFileSync(file, JSON.stringify(order), { mode: 0o600 })
  } catch (error) {
    rmSync(file, { force: true })
    console.error(`So many files cannot be handed over (${errorCode(error)}): make room, or name fewer.`)
    return 1
  }
  const words = app.isPackaged
    ? process.argv.slice(1).filter(isForeignOption)
    : process.argv.slice(1, firstUserArgumentIndex())
  const { status } = spawnSync(process.execPath, words, {
    env: { ...process.env, [requestFileVariable]: file },
    stdio: 'inherit',
  })
  // Who took it removed it.
  rmSync(file, { force: true })
  return status ?? 1
}

/** Where the words for Skein begin in `argv`: behind the program, and the application's folder where it is not packaged. */
export function firstUserArgumentIndex(argv: readonly string[] = process.argv): number {
  if (app.isPackaged) return 1
  return argv.findIndex((word, place) => place > 0 && !word.startsWith('-')) + 1
}

/** Reads an order from a file of the data folder and removes it. */
function takeRequestFile(file: string): LaunchRequest | undefined {
  if (dirname(file) !== app.getPath('userData') || !requestFilePattern.test(basename(file))) return undefined
  try {
    return v.parse(launchRequestSchema, JSON.parse(readFileSync(file, 'utf8')))
  } catch {
    return undefined
  } finally {
    rmSync(file, { force: true })
  }
}
