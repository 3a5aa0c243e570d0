/**
 * `npm start -- …` opens the window, with the arguments of an installed `skein`. `npm start -- --web [--port N] [FOLDER]`
 * serves the player to a browser and prints only its address, on one line of the standard output. Builds first what is
 * older than its sources.
 */
import { accessSync, constants, opendirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import type { LaunchRequest } from '../electron/host/launch-request.ts'
import { runInspection } from '../electron/inspect/run-inspection.ts'
import { audioMimeType } from '../electron/library/tags/media-file-names.ts'
import { readCommandLine } from '../electron/lifecycle/command-line.ts'
import { isPort } from '../electron/web/web-host-arguments.ts'
import { errorMessage, firstSentence } from '../shared/error-message.ts'
import { m } from '../shared/i18n/messages.js'
import { isolate } from '../shared/isolate-text.ts'
import { selectLocale } from '../shared/locale.ts'
import { buildIfNeeded, webHostProgram } from './build.ts'
import { runWindow } from './window-process.ts'

/** npm runs scripts in the repository; the user's own folder is in INIT_CWD. */
const directory = process.env.INIT_CWD ?? process.cwd()

selectLocale([Intl.DateTimeFormat().resolvedOptions().locale])

try {
  await start(process.argv.slice(2))
} catch (error) {
  console.error(errorMessage(error))
  process.exit(1)
}

async function start(args: readonly string[]): Promise<void> {
  if (args.some((argument) => /^--(web|port)\b/.test(argument)))
    return await startWebHost(readWebArguments(args))
  const commandLine = readCommandLine(args, directory)
  switch (commandLine.kind) {
    case 'version':
      return console.log(`Skein ${readVersion()}`)
    case 'help':
      return console.log(m.cli_help())
    case 'usage-error':
      console.error(commandLine.message)
      return process.exit(2)
    case 'inspect':
      return process.exit(await runInspection(commandLine.paths))
    case 'launch':
      await startWindow(args, commandLine.request)
  }
}

async function startWindow(args: readonly string[], request: LaunchRequest): Promise<void> {
  const folder = folderToOpen(request)
  buildIfNeeded()
  const canBeServed = request.kind === 'show' || folder !== undefined
  const end = await runWindow(args, directory, !canBeServed)
  if (end.kind === 'ended') process.exit(end.code)
  if (!canBeServed) throw new Error(m.cli_start_cannot_serve({ reason: end.reason }))
  console.error(m.cli_start_web_host({ reason: end.reason }))
  await startWebHost({ port: undefined, folder })
}

interface WebArguments {
  readonly port: string | undefined
  readonly folder: string | undefined
}

async function startWebHost({ port, folder }: WebArguments): Promise<void> {
  buildIfNeeded()
  const args = [
    ...(port === undefined ? [] : ['--port', port]),
    ...(folder === undefined ? [] : ['--', folder]),
  ]
  process.argv = [process.execPath, webHostProgram.pathname, ...args]
  await import(webHostProgram.href)
}

function readWebArguments(commandLine: readonly string[]): WebArguments {
  const withUsage = (message: string) => m.cli_start_see_usage({ message, usage: m.cli_start_usage() })
  let parsed: { values: { web?: boolean; port?: string }; positionals: string[] }
  try {
    parsed = parseArgs({
      args: [...commandLine],
      options: { web: { type: 'boolean' }, port: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new Error(withUsage(firstSentence(errorMessage(error))))
  }
  const { values, positionals } = parsed
  const { web = false, port } = values
  if (port !== undefined && !web) throw new Error(withUsage(m.cli_start_port_without_web()))
  if (port !== undefined && !isPort(port)) {
    throw new Error(m.cli_start_invalid_port({ port: isolate(port) }))
  }
  if (positionals.length > 1) throw new Error(withUsage(m.cli_start_one_folder()))
  const [folder] = positionals
  return { port, folder: folder === undefined ? undefined : readableFolder(folder) }
}

/** Returns the folder to open; undefined for files. A missing folder is reported here, in the terminal. */
function folderToOpen(request: LaunchRequest): string | undefined {
  if (request.kind !== 'open' || request.paths.length > 1) return undefined
  const [path] = request.paths
  return path === undefined || audioMimeType(path) !== undefined || /\.m3u8?$/i.test(path)
    ? undefined
    : readableFolder(path)
}

function readVersion(): string {
  const text = readFileSync(new URL('../package.json', import.meta.url), 'utf8')
  const { version }: { version: string } = JSON.parse(text)
  return version
}

/** Returns the absolute path of a folder that can be read. */
function readableFolder(path: string): string {
  const folder = resolve(directory, path)
  try {
    opendirSync(folder).closeSync()
    accessSync(folder, constants.X_OK)
    return folder
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw new Error(m.cli_start_no_folder({ folder: isolate(folder) }))
    if (code === 'ENOTDIR') throw new Error(m.cli_start_file({ folder: isolate(folder) }))
    throw new Error(m.cli_start_folder_unreadable({ folder: isolate(folder), code: String(code) }))
  }
}
