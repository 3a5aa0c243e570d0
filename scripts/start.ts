/**
 * `npm start -- [FOLDER]` opens the window; `npm start -- --web [--port N] [FOLDER]` serves the player to a browser
 * and prints its address alone on one line of the standard output. Builds first what is older than its sources.
 */
import { accessSync, constants, opendirSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { buildIfNeeded, webHostProgram } from './build.ts'
import { runWindow } from './window-process.ts'

interface Arguments {
  readonly web: boolean
  readonly port: string | undefined
  readonly folder: string | undefined
}

try {
  await start(readArguments())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

async function start({ web, port, folder }: Arguments): Promise<void> {
  buildIfNeeded()
  if (!web) {
    const end = await runWindow(folder)
    if (end.kind === 'ended') process.exit(end.code)
    console.error(`${end.why}, so Skein starts its web host instead: open the address below in a browser.`)
  }
  const args = [
    ...(port === undefined ? [] : ['--port', port]),
    ...(folder === undefined ? [] : ['--', folder]),
  ]
  process.argv = [process.execPath, webHostProgram.pathname, ...args]
  await import(webHostProgram.href)
}

function readArguments(): Arguments {
  const usage = 'Use: npm start -- [FOLDER], or npm start -- --web [--port N] [FOLDER].'
  let parsed: { values: { web?: boolean; port?: string }; positionals: string[] }
  try {
    parsed = parseArgs({
      options: { web: { type: 'boolean' }, port: { type: 'string' } },
      allowPositionals: true,
    })
  } catch (error) {
    throw new Error(`${firstSentence(error)} ${usage}`)
  }
  const { values, positionals } = parsed
  const { web = false, port } = values
  if (port !== undefined && !web) throw new Error(`--port is for --web. ${usage}`)
  if (port !== undefined && !(/^\d{1,5}$/.test(port) && Number(port) <= 65_535)) {
    throw new Error(`"${port}" is no port: give a number from 0 (any free one) to 65535.`)
  }
  if (positionals.length > 1) throw new Error(`Skein opens one folder at a time. ${usage}`)
  const [folder] = positionals
  return { web, port, folder: folder === undefined ? undefined : readableFolder(folder) }
}

/** The absolute path. npm runs scripts in the repository; the user's own folder is in INIT_CWD. */
function readableFolder(given: string): string {
  const folder = resolve(process.env.INIT_CWD ?? process.cwd(), given)
  try {
    opendirSync(folder).closeSync()
    accessSync(folder, constants.X_OK)
    return folder
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code === 'ENOENT') throw new Error(`There is no folder ${folder}.`)
    if (code === 'ENOTDIR') throw new Error(`${folder} is a file: give the folder it is in.`)
    throw new Error(`The folder ${folder} cannot be read (${code}): change its permissions or give another.`)
  }
}

function firstSentence(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  return `${message.split(/\.(\s|$)/)[0]}.`
}
