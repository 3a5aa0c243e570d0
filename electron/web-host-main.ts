/** Runs the web host: `web-host [--port N] [FOLDER]`. Prints the address alone on one line when it is ready. */
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { selectLocale } from '../shared/locale.ts'
import { logPath, startLine, webProgram } from './host/about.ts'
import { HostService } from './host/host-service.ts'
import { checkFolder } from './library/library.ts'
import { errorCode } from './platform/file-errors.ts'
import { pageFolder } from './platform/paths.ts'
import { errorText, logExit, openLog, writeLog } from './storage/log.ts'
import { WebHost } from './web/web-host.ts'

interface Arguments {
  readonly port: number
  readonly folder: string | undefined
}

selectLocale([Intl.DateTimeFormat().resolvedOptions().locale])

try {
  await run(readArguments())
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  process.exit(1)
}

function readArguments(): Arguments {
  const options = { port: { type: 'string', default: '0' } } as const
  const { values, positionals } = parseArgs({ options, allowPositionals: true })
  const port = Number(values.port)
  if (!/^\d+$/.test(values.port) || port > 65_535)
    throw new Error(`${values.port} is no port: give a number up to 65535.`)
  if (positionals.length > 1) throw new Error('Give one folder at the most.')
  return { port, folder: positionals[0] === undefined ? undefined : resolve(positionals[0]) }
}

async function run({ port, folder }: Arguments): Promise<void> {
  if (folder !== undefined) await checkFolder(folder)
  // Before the address is printed: who reads it may end this process at once.
  const ending = new Promise((resolveEnding) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolveEnding)
  })
  openLog(logPath(webProgram.logName))
  writeLog('start', startLine())
  process.on('exit', (code) => logExit(`exit code ${code}`))
  process.on('uncaughtExceptionMonitor', (error) => writeLog('uncaught', errorText(error)))
  const service = new HostService()
  const host = new WebHost(service, pageFolder)
  const address = await host.listen(port).catch((error: unknown) => {
    throw new Error(
      errorCode(error) === 'EADDRINUSE'
        ? `Port ${port} is taken by another program: give another with --port.`
        : `Skein cannot listen on port ${port} (${errorCode(error) ?? error}): give another with --port.`,
    )
  })
  await service.readSettings()
  service.runFirstRequest(folder === undefined ? { kind: 'show' } : { kind: 'open', paths: [folder] })
  console.log(address)
  await ending
  await Promise.all([host.close(), service.close()])
  process.exit(0)
}
