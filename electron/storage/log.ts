import { homedir } from 'node:os'
import { LogFile } from './log-file.ts'
import { redactPaths } from './redact-paths.ts'

let logFile: LogFile | undefined
const musicFolders = new Set<string>()

/** Where this process writes what happens to it. Before it is called, and in tests, nothing is written. */
export function openLog(path: string): void {
  logFile = new LogFile(path)
}

/** Writes what happened, in a word or two and a text. No title of a song belongs into it. */
export function writeLog(what: string, text: string): void {
  logFile?.write(`${what}: ${redactPaths(text, homedir(), musicFolders)}`)
}

/** What is below this folder is left out of all that is noted. */
export function redactBelow(folder: string): void {
  musicFolders.add(folder)
}

/** An error with its stack, where it has one. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

let isExitLogged = false

/** Notes why this process ends. Only the first reason counts. */
export function logExit(reason: string): void {
  if (isExitLogged) return
  isExitLogged = true
  writeLog('end', reason)
}
