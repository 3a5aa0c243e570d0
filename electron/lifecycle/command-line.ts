import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { LaunchRequest } from '../host/launch-request.ts'
import { fileAddressPaths } from '../platform/file-address.ts'
import { toSystemPath } from '../platform/system-path.ts'

export type CommandLine =
  | { readonly kind: 'launch'; readonly request: LaunchRequest }
  | { readonly kind: 'version' }
  | { readonly kind: 'help' }
  /** Prints what the files contain. The paths are absolute. */
  | { readonly kind: 'inspect'; readonly paths: readonly string[] }
  /** `message` says in one sentence what is wrong. */
  | { readonly kind: 'usage-error'; readonly message: string }

const options = {
  enqueue: { type: 'boolean' },
  'play-pause': { type: 'boolean' },
  next: { type: 'boolean' },
  previous: { type: 'boolean' },
  inspect: { type: 'boolean' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const

type OptionName = keyof typeof options

/** Returns every option as it is typed, sorted: `--help`, `-h` … */
export const optionNames = (): readonly string[] =>
  Object.entries(options)
    .flatMap(([name, option]) => ('short' in option ? [`--${name}`, `-${option.short}`] : [`--${name}`]))
    .sort()

/** Options of Chromium, Electron, Node and macOS, which may stand among ours and are ignored. */
const foreignOptions = [
  /^--(disable|enable|force|ozone|use|ignore|no|allow|remote|inspect|log|proxy|trace|host|js|gpu|touch|disk|gtk|in|auth|render|secure|high-dpi)-/,
  // `--inspect` alone is ours; with a port it is Node's.
  /^--inspect=/,
  /^--(lang|class|name|user-data-dir|password-store|single-process|headless|v|vmodule|type|autoplay-policy|original-process-start-time|explicitly-allowed-ports|unsafely-treat-insecure-origin-as-secure|window-position|window-size|ssl-key-log-file|display|variations-.*)(=|$)/,
  /^-psn_/,
]

/** Reads the arguments after the program (and the application's folder, if it is not packaged). */
export function readCommandLine(args: readonly string[], directory: string): CommandLine {
  const { tokens } = parseArgs({
    args: removeForeignOptions(args),
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const found = new Set<OptionName>()
  const paths: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(toAbsolutePath(token.value, directory))
    if (token.kind !== 'option') continue
    if (!isOption(token.name)) return usageError(m.cli_unknown_option({ option: isolate(token.rawName) }))
    if (token.value !== undefined)
      return usageError(m.cli_option_without_value({ option: isolate(token.rawName) }))
    found.add(token.name)
  }
  if (found.has('help')) return { kind: 'help' }
  if (found.has('version')) return { kind: 'version' }
  return interpretOptions([...found], paths)
}

function interpretOptions([option, another]: readonly OptionName[], paths: readonly string[]): CommandLine {
  if (another !== undefined)
    return usageError(m.cli_conflicting_options({ option: `--${option}`, other: `--${another}` }))
  switch (option) {
    case undefined:
      return toLaunch(paths.length === 0 ? { kind: 'show' } : { kind: 'open', paths })
    case 'enqueue':
      if (paths.length === 0) return usageError(m.cli_enqueue_without_files())
      return toLaunch({ kind: 'enqueue', paths })
    case 'play-pause':
    case 'next':
    case 'previous':
      if (paths.length > 0) return usageError(m.cli_option_without_files({ option: `--${option}` }))
      return toLaunch({ kind: 'command', command: option })
    case 'inspect':
      if (paths.length === 0) return usageError(m.cli_inspect_without_files())
      return { kind: 'inspect', paths }
    default:
      return { kind: option }
  }
}

const toLaunch = (request: LaunchRequest): CommandLine => ({ kind: 'launch', request })

const usageError = (message: string): CommandLine => ({
  kind: 'usage-error',
  message: m.cli_see_help({ message }),
})

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name)

/** Whether an argument is an option of Chromium, Electron, Node or macOS. */
export const isForeignOption = (argument: string): boolean =>
  foreignOptions.some((pattern) => pattern.test(argument))

/** Every argument after `--` is a path. */
function removeForeignOptions(args: readonly string[]): string[] {
  const end = args.indexOf('--')
  const before = end < 0 ? args : args.slice(0, end)
  return [...before.filter((argument) => !isForeignOption(argument)), ...args.slice(before.length)]
}

/** Desktops pass files as paths or as `file:` addresses. */
function toAbsolutePath(argument: string, directory: string): string {
  const paths = fileAddressPaths(argument)?.map((path) => resolve(directory, path))
  const decoded = paths?.at(-1)
  if (paths === undefined || decoded === undefined) return resolve(directory, withoutQuote(argument))
  // A name with a percent sign may have been pasted as it is.
  return paths.find((path) => existsSync(toSystemPath(path))) ?? decoded
}

/** Windows passes the quoted root of a drive, `"D:\"`, as `D:"`. */
const withoutQuote = (argument: string): string =>
  process.platform === 'win32' ? argument.replace(/^([a-z]:)\\?"$/i, '$1\\') : argument
