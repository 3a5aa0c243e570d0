import type { Writable } from 'node:stream'
import { errorCode } from '../platform/node-errors.ts'
import { inspect } from './inspect.ts'

/** Inspects the absolute `paths` and returns the exit code. A reader that wants no more, like `head`, ends it early. */
export async function runInspection(
  paths: readonly string[],
  stdout: Writable = process.stdout,
): Promise<number> {
  // Each failed write reports its error as well.
  stdout.on('error', () => undefined)
  const writeLine = async (line: string): Promise<void> =>
    await new Promise((resolve, reject) =>
      stdout.write(`${line}\n`, (error) => (error ? reject(error) : resolve())),
    )
  try {
    return await inspect(paths, { writeLine })
  } catch (error) {
    if (errorCode(error) === 'EPIPE') return 0
    throw error
  }
}
