import { resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import * as v from 'valibot'
import type { RemoteCommand } from '../../shared/host-api.ts'

/** What a start asks of the player, whether it becomes the player or hands this over to the one that runs. */
export type LaunchRequest =
  /** Nothing: the window comes to the front. */
  | { readonly kind: 'show' }
  /** A folder, or files to play now, by absolute paths. */
  | { readonly kind: 'open'; readonly paths: readonly string[] }
  /** Files to add to the listener's own queue, by absolute paths. */
  | { readonly kind: 'enqueue'; readonly paths: readonly string[] }
  | { readonly kind: 'command'; readonly command: RemoteCommand }

export type CommandLine =
  | { readonly kind: 'order'; readonly order: LaunchRequest }
  | { readonly kind: 'version' }
  | { readonly kind: 'help' }
  /** One sentence that says what is wrong. */
  | { readonly kind: 'mistake'; readonly message: string }

export const helpText = `Skein plays a folder of music.

  skein [FOLDER]            open the folder, or the last one
  skein FILE…               play these files now
  skein --enqueue FILE…     add them to Up next
  skein --play-pause        play or pause; starts Skein if it does not run
  skein --next              go to the next song of the Skein that runs
  skein --previous          go to the previous one
  skein --version           print the version
  skein --help              print this

A second start hands its words over to the Skein that runs. SKEIN_DATA_DIR names
another folder for settings, and with it another Skein.`

const options = {
  enqueue: { type: 'boolean' },
  'play-pause': { type: 'boolean' },
  next: { type: 'boolean' },
  previous: { type: 'boolean' },
  version: { type: 'boolean', short: 'v' },
  help: { type: 'boolean', short: 'h' },
} as const

type OptionName = keyof typeof options

/** Options that Chromium, Electron, Node and macOS know; they stand among ours and are none of our business. */
const foreignOptions = [
  /^--(disable|enable|force|ozone|use|ignore|no|allow|remote|inspect|log|proxy|trace|host|js|gpu|touch|disk|gtk|in|auth|render|secure|high-dpi)-/,
  /^--(inspect|lang|class|name|user-data-dir|password-store|single-process|headless|v|vmodule|type|autoplay-policy|original-process-start-time|explicitly-allowed-ports|unsafely-treat-insecure-origin-as-secure|window-position|window-size|ssl-key-log-file|display|variations-.*)(=|$)/,
  /^-psn_/,
]

export const notRunningMessage = 'Skein is not running: start it first.'

/** Reads the words behind the program (and the application's folder, where it is not packaged). */
export function readCommandLine(words: readonly string[], directory: string): CommandLine {
  const { tokens } = parseArgs({
    args: removeForeignOptions(words),
    options,
    allowPositionals: true,
    strict: false,
    tokens: true,
  })
  const given = new Set<OptionName>()
  const paths: string[] = []
  for (const token of tokens) {
    if (token.kind === 'positional') paths.push(toAbsolutePath(token.value, directory))
    if (token.kind !== 'option') continue
    if (!isOption(token.name)) return usageError(`Skein has no option ${token.rawName}.`)
    if (token.value !== undefined) return usageError(`The option ${token.rawName} takes no value.`)
    given.add(token.name)
  }
  if (given.has('help')) return { kind: 'help' }
  if (given.has('version')) return { kind: 'version' }
  return interpretOptions([...given], paths)
}

function interpretOptions([option, another]: readonly OptionName[], paths: readonly string[]): CommandLine {
  if (another !== undefined) return usageError(`Give --${option} or --${another}, not both.`)
  switch (option) {
    case undefined:
      return toLaunch(paths.length === 0 ? { kind: 'show' } : { kind: 'open', paths })
    case 'enqueue':
      if (paths.length === 0) return usageError('The option --enqueue needs the files to add.')
      return toLaunch({ kind: 'enqueue', paths })
    case 'play-pause':
    case 'next':
    case 'previous':
      if (paths.length > 0) return usageError(`The option --${option} stands alone, without files.`)
      return toLaunch({ kind: 'command', command: option })
    default:
      return { kind: option }
  }
}

const toLaunch = (value: LaunchRequest): CommandLine => ({ kind: 'order', order: value })

const usageError = (message: string): CommandLine => ({
  kind: 'mistake',
  message: `${message} See skein --help.`,
})

const isOption = (name: string): name is OptionName => Object.hasOwn(options, name)

/** Whether a word is an option of Chromium, Electron, Node or macOS. */
export const isForeignOption = (word: string): boolean => foreignOptions.some((pattern) => pattern.test(word))

/** What stands behind `--` is a path, whatever it looks like. */
function removeForeignOptions(words: readonly string[]): string[] {
  const end = words.indexOf('--')
  const before = end < 0 ? words : words.slice(0, end)
  return [...before.filter((word) => !isForeignOption(word)), ...words.slice(before.length)]
}

/** Desktops hand files over as paths or as `file:` addresses. */
function toAbsolutePath(given: string, directory: string): string {
  if (!given.startsWith('file://')) return resolve(directory, given)
  try {
    return fileURLToPath(given)
  } catch {
    return resolve(directory, given)
  }
}

const pathsSchema = v.array(v.pipe(v.string(), v.minLength(1)))

/** An order as it comes from another process. */
export const launchRequestSchema = v.variant('kind', [
  v.strictObject({ kind: v.literal('show') }),
  v.strictObject({ kind: v.literal('open'), paths: pathsSchema }),
  v.strictObject({ kind: v.literal('enqueue'), paths: pathsSchema }),
  v.strictObject({ kind: v.literal('command'), command: v.picklist(['play-pause', 'next', 'previous']) }),
])
