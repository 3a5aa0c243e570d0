import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { errorMessage, firstSentence } from '../../shared/error-message.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'

export interface WebHostArguments {
  /** 0 for any free port. */
  readonly port: number
  /** An absolute path. */
  readonly folder: string | undefined
}

const maxPort = 65_535

/** Reads `[--port N] [FOLDER]`. Throws an Error with one sentence for the user. */
export function readWebHostArguments(args: readonly string[], directory: string): WebHostArguments {
  const { values, positionals } = parse(args)
  const [folder, another] = positionals
  if (!isPort(values.port)) throw new Error(m.cli_invalid_port({ port: isolate(values.port) }))
  if (another !== undefined) throw new Error(m.cli_one_folder())
  return { port: Number(values.port), folder: folder === undefined ? undefined : resolve(directory, folder) }
}

export const isPort = (text: string): boolean => /^\d+$/.test(text) && Number(text) <= maxPort

function parse(args: readonly string[]) {
  const options = { port: { type: 'string', default: '0' } } as const
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    throw new Error(firstSentence(errorMessage(error)))
  }
}
