import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { m } from '../../shared/i18n/messages.js'

export interface WebHostArguments {
  /** 0 for any free port. */
  readonly port: number
  /** An absolute path. */
  readonly folder: string | undefined
}

const maxPort = 65_535

/** Reads `[--port N] [FOLDER]`. Throws an Error with one sentence for the user. */
export function readWebHostArguments(args: readonly string[], directory: string): WebHostArguments {
  const options = { port: { type: 'string', default: '0' } } as const
  const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true })
  const [folder, another] = positionals
  if (!/^\d+$/.test(values.port) || Number(values.port) > maxPort)
    throw new Error(m.cli_invalid_port({ port: values.port }))
  if (another !== undefined) throw new Error(m.cli_one_folder())
  return { port: Number(values.port), folder: folder === undefined ? undefined : resolve(directory, folder) }
}
