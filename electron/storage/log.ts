import { homedir } from 'node:os'
import { LogFile } from './log-file.ts'
import { redactPaths } from './redact-paths.ts'

let logFile: LogFile | undefined
const musicFolders = new Set<string>()

/** Opens the log of this process. Before that, and in tests, nothing is written. */
export function openLog(path: string): void {
  logFile = new LogFile(path)
}

/** Writes a topic of one or two words and a text. The text contains no title of a song. */
export function writeLog(topic: string, text: string): void {
  logFile?.write(`${topic}: ${redactPaths(text, homedir(), musicFolders)}`)
}

/** Leaves everything below this folder out of the log. */
export function redactBelow(folder: string): void {
  musicFolders.add(folder)
}

/** Returns an error's stack, if it has one, else its message. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

let isExitLogged = false

/** Logs why this process ends. Only the first reason counts. */
export function logExit(reason: string): void {
  if (isExitLogged) return
  isExitLogged = true
  writeLog('end', reason)
}
