/** Starts the built application for a test: the web host with Chromium, or Electron's own window. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import {
  type Browser,
  test as base,
  type ElectronApplication,
  _electron as electron,
  type Page,
} from '@playwright/test'
import { findElectron } from '../../../scripts/find-electron.ts'
import { isRoot } from '../../../scripts/system.ts'

export { expect } from '@playwright/test'

const project = fileURLToPath(new URL('../../../', import.meta.url))
const startTimeout = 30_000

export type Host = 'web' | 'electron'

export interface SkeinOptions {
  /** The host that serves the page, set by the project in playwright.config.ts. */
  host: Host
}

export interface OpenOptions {
  /** The music folder on the command line; by default there is none. */
  readonly folder?: string
  /** Further arguments of the command line. */
  readonly args?: readonly string[]
  /** The folder of settings and log; by default a new, empty one. Pass it again to start a second session. */
  readonly dataFolder?: string
  /** The user's home folder, where the web host's folder dialog begins; by default the real one. */
  readonly home?: string
  /** Environment variables for the host besides those of the test; undefined removes one. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** Chromium switches for Electron. */
  readonly switches?: readonly string[]
}

export interface Skein {
  readonly kind: Host
  readonly page: Page
  /** Electron's application, to reach its main process; undefined with the web host. */
  readonly application: ElectronApplication | undefined
  readonly dataFolder: string
  /** Everything the host has written so far to its standard output and error. */
  hostOutput(): string
  /** Ends host and window. Only tests that start a second session need to call it. */
  close(): Promise<void>
}

/** Opens the application, which closes when the test ends. */
export type OpenSkein = (options?: OpenOptions) => Promise<Skein>

interface SkeinFixtures {
  openSkein: OpenSkein
  /** Returns a new, empty folder, which is removed when the test ends. */
  temporaryFolder: (name?: string) => string
}

interface WorkerFixtures {
  /** Starts the Chromium of the tests in one worker. Each page has its own context, which shares nothing with others. */
  launchChromium: () => Promise<Browser>
}

export const test = base.extend<SkeinOptions & SkeinFixtures, WorkerFixtures>({
  host: ['web', { option: true }],

  launchChromium: [
    async ({ playwright, launchOptions }, use) => {
      let browser: Browser | undefined
      await use(async () => {
        if (!browser?.isConnected()) browser = await playwright.chromium.launch(launchOptions)
        return browser
      })
      await browser?.close()
    },
    { scope: 'worker' },
  ],

  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures it needs from this pattern
  temporaryFolder: async ({}, use) => {
    const folders: string[] = []
    await use((name = 'test') => {
      const folder = mkdtempSync(join(tmpdir(), `skein-${name}-`))
      folders.push(folder)
      return folder
    })
    for (const folder of folders) rmSync(folder, { recursive: true, force: true })
  },

  openSkein: async ({ host, launchChromium, contextOptions, viewport, temporaryFolder }, use) => {
    const program = host === 'electron' ? findElectron() : undefined
    test.skip(
      host === 'electron' && !program,
      "Electron's runtime is not installed and could not be downloaded",
    )
    const opened: Skein[] = []
    await use(async (options = {}) => {
      const {
        folder,
        args: extraArguments = [],
        dataFolder = temporaryFolder('data'),
        home,
        switches = [],
      } = options
      const args = [...(folder ? [folder] : []), ...extraArguments]
      const environment = {
        ...process.env,
        SKEIN_DATA_DIR: dataFolder,
        ...(home && { HOME: home }),
        ...options.environment,
      }
      const skein = program
        ? await openWindow(program, switches, args, environment, dataFolder)
        : await openBrowser(args, environment, dataFolder, async () => {
            const browser = await launchChromium()
            const context = await browser.newContext({ ...contextOptions, viewport })
            return context.newPage()
          })
      opened.push(skein)
      return skein
    })
    for (const skein of opened.reverse()) await skein.close()
  },
})

async function openBrowser(
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  dataFolder: string,
  newPage: () => Promise<Page>,
): Promise<Skein> {
  const host = spawn(process.execPath, ['out/main/web-host.js', '--port', '0', ...args], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const output = collectOutput(host)
  const address = await awaitPrintedAddress(host, output)
  const page = await newPage()
  await page.goto(address)
  return {
    kind: 'web',
    page,
    application: undefined,
    dataFolder,
    hostOutput: output,
    close: async () => {
      await page.context().close()
      await endProcess(host)
    },
  }
}

async function openWindow(
  program: string,
  switches: readonly string[],
  args: readonly string[],
  environment: NodeJS.ProcessEnv,
  dataFolder: string,
): Promise<Skein> {
  const application = await electron.launch({
    executablePath: program,
    args: [...(isRoot ? ['--no-sandbox'] : []), ...switches, '.', ...args],
    cwd: project,
    env: withoutUndefined(environment),
    timeout: startTimeout,
  })
  const host = application.process()
  const output = collectOutput(host)
  const page = await application.firstWindow()
  // The window starts at about:blank, because its first real page moves to another process.
  await page.waitForURL(/^skein:/, { timeout: startTimeout })
  return {
    kind: 'electron',
    page,
    application,
    dataFolder,
    hostOutput: output,
    close: async () => {
      await Promise.race([application.close(), once(host, 'exit')])
      await endProcess(host)
    },
  }
}

export interface ExitResult {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Starts the desktop program again and waits until it exits. */
export async function startSecondInstance(
  args: readonly string[],
  dataFolder: string,
  environment: NodeJS.ProcessEnv = {},
): Promise<ExitResult> {
  const instance = spawn(findElectron() ?? '', [...(isRoot ? ['--no-sandbox'] : []), '.', ...args], {
    cwd: project,
    env: { ...process.env, SKEIN_DATA_DIR: dataFolder, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  instance.stdout.on('data', (part) => {
    stdout += part
  })
  instance.stderr.on('data', (part) => {
    stderr += part
  })
  const [code] = await once(instance, 'close')
  return { code, stdout, stderr: removeChromiumLog(stderr) }
}

/** Removes the lines that Chromium itself logs. */
const removeChromiumLog = (text: string): string => text.replace(/^\[\d+:.*\n/gm, '')

function collectOutput(host: ChildProcess): () => string {
  let text = ''
  for (const stream of [host.stdout, host.stderr]) {
    stream?.on('data', (part: Buffer) => {
      text += part.toString()
    })
  }
  return () => text
}

/** Resolves with the address that the web host prints alone on one line when it is ready. */
async function awaitPrintedAddress(host: ChildProcess, output: () => string): Promise<string> {
  const stop = new AbortController()
  try {
    return await Promise.race([
      new Promise<string>((resolve) => {
        host.stdout?.on('data', () => {
          const address = /^http:\/\/\S+$/m.exec(output().slice(0, output().lastIndexOf('\n')))
          if (address) resolve(address[0])
        })
      }),
      once(host, 'exit', { signal: stop.signal }).then(() => {
        throw new Error(`The web host ended before it printed its address. It wrote:\n${output()}`)
      }),
      setTimeout(startTimeout, undefined, { signal: stop.signal }).then(() => {
        throw new Error(`The web host printed no address. It wrote:\n${output()}`)
      }),
    ])
  } catch (error) {
    await endProcess(host)
    throw error
  } finally {
    stop.abort()
  }
}

/** Asks a process to exit, kills it after 5 s, and waits until it is gone. */
async function endProcess(host: ChildProcess): Promise<void> {
  if (host.exitCode !== null || host.signalCode !== null) return
  const exited = once(host, 'exit')
  host.kill('SIGTERM')
  const stop = new AbortController()
  const timeout = setTimeout(5_000, 'late', { signal: stop.signal }).catch(() => 'stopped')
  if ((await Promise.race([exited, timeout])) === 'late') host.kill('SIGKILL')
  await exited
  stop.abort()
}

function withoutUndefined(environment: NodeJS.ProcessEnv): Record<string, string> {
  return Object.fromEntries(
    Object.entries(environment).filter((entry): entry is [string, string] => entry[1] !== undefined),
  )
}
