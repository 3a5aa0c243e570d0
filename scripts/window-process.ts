import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { notRunningMessage } from '../electron/host/command-line.ts'
import { obtainElectron } from './find-electron.ts'
import { hasDisplay } from './system.ts'

/** How a window's process ended, or why none could be had. */
export type WindowEnd =
  | { readonly kind: 'ended'; readonly code: number }
  /** The beginning of a sentence: the web host is started instead. */
  | { readonly kind: 'impossible'; readonly why: string }

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Starts the built player in Electron with these words, from the folder `directory`, and resolves at its end. What is
 * for a window that is open already needs no display.
 */
export async function runWindow(
  words: readonly string[],
  directory: string,
  isForOpenWindow: boolean,
): Promise<WindowEnd> {
  if (!isForOpenWindow && !hasDisplay())
    return { kind: 'impossible', why: 'There is no display for a window' }
  const program = obtainElectron()
  if (program === undefined) return { kind: 'impossible', why: "Electron's runtime cannot be had" }
  const child = spawn(program, [root, ...words], {
    cwd: directory,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  return await waitForEnd(child)
}

async function waitForEnd(child: ChildProcess): Promise<WindowEnd> {
  let isReady = false
  let complaint = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => {
    // Held back until a window is there: without one, a single line shall tell.
    if (isReady) process.stderr.write(text)
    else complaint = (complaint + text).slice(-64 * 1024)
  })
  child.once('message', () => {
    isReady = true
    process.stderr.write(complaint)
  })
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
  let isEnding = false
  const pass = (signal: NodeJS.Signals) => {
    isEnding = true
    child.kill(signal)
  }
  for (const signal of signals) process.on(signal, pass)
  const code = await new Promise<number | undefined>((resolve) => {
    child.once('error', () => resolve(undefined))
    child.once('close', (exitCode) => resolve(exitCode ?? undefined))
  })
  for (const signal of signals) process.off(signal, pass)
  if (!isReady && complaint.includes(notRunningMessage)) {
    console.error(notRunningMessage)
    return { kind: 'ended', code: code ?? 1 }
  }
  // A second start ends well without a window: it has told the first.
  if (isReady || isEnding || code === 0) return { kind: 'ended', code: code ?? (isEnding ? 0 : 1) }
  return { kind: 'impossible', why: describeNoWindow(complaint) }
}

function describeNoWindow(complaint: string): string {
  if (/without --no-sandbox/.test(complaint)) return 'Electron does not run as root'
  if (/SUID sandbox helper|No usable sandbox/i.test(complaint))
    return "Electron's sandbox is not allowed by this system"
  if (/missing x server|cannot open display|unable to open x display|ozone_platform/i.test(complaint)) {
    return 'The display cannot be opened'
  }
  const library = /(lib[\w.+-]+): cannot open shared object/.exec(complaint)?.[1]
  return library === undefined ? 'Electron ended at once' : `Electron lacks the system's ${library}`
}
