import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { m } from '../shared/i18n/messages.js'
import { isolate } from '../shared/isolate-text.ts'
import { obtainElectron } from './find-electron.ts'
import { hasDisplay } from './system.ts'

/** How a window's process ended, or why none could be started. */
export type WindowEnd =
  | { readonly kind: 'ended'; readonly code: number }
  /** The web host is started instead. `reason` is a sentence. */
  | { readonly kind: 'impossible'; readonly reason: string }

const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * Starts the built player in Electron with these arguments, from the folder `directory`, and resolves at its end. A
 * request for a window that is already open needs no display.
 */
export async function runWindow(
  args: readonly string[],
  directory: string,
  isForOpenWindow: boolean,
): Promise<WindowEnd> {
  if (!isForOpenWindow && !hasDisplay()) return { kind: 'impossible', reason: m.cli_start_no_display() }
  const program = obtainElectron()
  if (program === undefined) return { kind: 'impossible', reason: m.cli_start_no_electron() }
  const child = spawn(program, [root, ...args], {
    cwd: directory,
    stdio: ['ignore', 'inherit', 'pipe', 'ipc'],
  })
  return await waitForEnd(child)
}

async function waitForEnd(child: ChildProcess): Promise<WindowEnd> {
  let isReady = false
  let errorOutput = ''
  child.stderr?.setEncoding('utf8')
  child.stderr?.on('data', (text: string) => {
    // Kept until there is a window: without one, a single line reports it.
    if (isReady) process.stderr.write(text)
    else errorOutput = (errorOutput + text).slice(-64 * 1024)
  })
  child.once('message', () => {
    isReady = true
    process.stderr.write(errorOutput)
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
  if (!isReady && errorOutput.includes(m.cli_not_running())) {
    console.error(m.cli_not_running())
    return { kind: 'ended', code: code ?? 1 }
  }
  // A second start passes its request on, and succeeds without a window.
  if (isReady || isEnding || code === 0) return { kind: 'ended', code: code ?? (isEnding ? 0 : 1) }
  return { kind: 'impossible', reason: describeNoWindow(errorOutput) }
}

function describeNoWindow(errorOutput: string): string {
  if (/without --no-sandbox/.test(errorOutput)) return m.cli_start_root()
  if (/SUID sandbox helper|No usable sandbox/i.test(errorOutput)) return m.cli_start_sandbox()
  if (/missing x server|cannot open display|unable to open x display|ozone_platform/i.test(errorOutput)) {
    return m.cli_start_display_failed()
  }
  const library = /(lib[\w.+-]+): cannot open shared object/.exec(errorOutput)?.[1]
  return library === undefined
    ? m.cli_start_electron_ended()
    : m.cli_start_library_missing({ library: isolate(library) })
}
