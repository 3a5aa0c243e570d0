import { homedir } from 'node:os'
import { LogFile } from './log-file.ts'
import { shortenPaths } from './shorten-paths.ts'

let file: LogFile | undefined
const musicFolders = new Set<string>()

/** Where this process writes what happens to it. Before it is called, and in tests, nothing is written. */
export function openLog(path: string): void {
  file = new LogFile(path)
}

/** Writes what happened, in a word or two and a text. No title of a song belongs into it. */
export function note(what: string, text: string): void {
  file?.write(`${what}: ${shortenPaths(text, homedir(), musicFolders)}`)
}

/** What is below this folder is left out of all that is noted. */
export function hideBelow(folder: string): void {
  musicFolders.add(folder)
}

/** An error with its stack, where it has one. */
export function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

let ended = false

/** Notes why this process ends. Only the first reason counts. */
export function noteEnd(reason: string): void {
  if (ended) return
  ended = true
  note('end', reason)
}
