/** Runs the web host: `web-host [--port N] [FOLDER]`. When it is ready, prints only the address, on one line. */
import { setTimeout } from 'node:timers/promises'
import { m } from '../shared/i18n/messages.js'
import { selectLocale } from '../shared/locale.ts'
import { logPath, startLine, webProgram } from './host/about.ts'
import { HostService } from './host/host-service.ts'
import { checkFolder } from './library/check-folder.ts'
import { startNodeWatcher } from './library/watching/watcher-process-handle.ts'
import { endProcess } from './platform/end-process.ts'
import { errorCode } from './platform/node-errors.ts'
import { pageFolder } from './platform/paths.ts'
import { errorText, logExit, openLog, writeLog } from './storage/log.ts'
import { WebHost } from './web/web-host.ts'
import { readWebHostArguments, type WebHostArguments } from './web/web-host-arguments.ts'

/** Milliseconds after which the process ends, even if something is not done. */
const closeTimeout = 2_500

selectLocale([Intl.DateTimeFormat().resolvedOptions().locale])

try {
  await run(readWebHostArguments(process.argv.slice(2), process.cwd()))
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error))
  await endProcess(() => process.exit(1), true)
}

async function run({ port, folder }: WebHostArguments): Promise<void> {
  if (folder !== undefined) await checkFolder(folder)
  // Before the address is printed: its reader may end this process immediately.
  const endSignal = new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, resolve)
  })
  openLog(logPath(webProgram.logName))
  writeLog('start', startLine())
  process.on('exit', (code) => logExit(`exit code ${code}`))
  process.on('uncaughtExceptionMonitor', (error) => writeLog('uncaught', errorText(error)))
  const service = new HostService({ startWatcher: startNodeWatcher })
  const host = new WebHost(service, pageFolder)
  const address = await host.listen(port).catch((error: unknown) => {
    throw new Error(describeListenError(port, error))
  })
  await service.start(folder === undefined ? { kind: 'show' } : { kind: 'open', paths: [folder] })
  console.log(address)
  await endSignal
  const closing = Promise.all([service.close(), host.close()])
  const [haveThreadsEnded] = await Promise.race([closing, setTimeout(closeTimeout, [false])])
  await endProcess(() => process.exit(0), haveThreadsEnded === true)
}

function describeListenError(port: number, error: unknown): string {
  const code = errorCode(error)
  return code === 'EADDRINUSE'
    ? m.cli_port_taken({ port })
    : m.cli_cannot_listen({ port, code: code ?? String(error) })
}
