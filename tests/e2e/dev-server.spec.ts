/** `npm run dev`: the page that Vite serves while someone works on it. No window is opened: the test is the browser. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { utimesSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from './support/skein-fixture.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))
const startTimeout = 45_000

let server: ChildProcess | undefined

test.afterEach(async () => {
  if (server?.pid === undefined || server.exitCode !== null) return
  const closed = once(server, 'close')
  // The group also holds what the server started in place of Electron.
  process.kill(-server.pid)
  await closed
})

test('serves an isolated page that reloads when a file changes', async ({ page, temporaryFolder }) => {
  const address = await startDevServer(temporaryFolder('dev'))
  const response = await page.goto(address)
  expect(response?.headers()).toMatchObject({
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
  })
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
  await expect(page.locator('#root')).not.toBeEmpty()

  await page.evaluate(() => document.documentElement.setAttribute('data-before-change', ''))
  const now = new Date()
  utimesSync(join(project, 'renderer/main.tsx'), now, now)
  await expect(page.locator('html[data-before-change]')).toHaveCount(0)
  await expect(page.locator('#root')).not.toBeEmpty()
})

/** Starts `electron-vite dev` as `npm run dev` does; resolves to the page's address. */
async function startDevServer(outputFolder: string): Promise<string> {
  const cli = join(project, 'node_modules/electron-vite/bin/electron-vite.js')
  // The built application in out/ stays as the other tests need it.
  const entry = join(outputFolder, 'main/main.js')
  server = spawn(process.execPath, [cli, 'dev', '--outDir', outputFolder, '--entry', entry], {
    cwd: project,
    detached: true,
    // Takes the place of Electron: it ignores its arguments and waits.
    env: {
      ...process.env,
      ELECTRON_EXEC_PATH: join(project, 'tests/e2e/support/idle-program.sh'),
      NO_COLOR: '1',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  const address = new Promise<string>((resolve, reject) => {
    const read = (chunk: Buffer): void => {
      output += chunk.toString()
      const [found] = /http:\/\/localhost:\d+\//.exec(output) ?? []
      if (found) resolve(found)
    }
    server?.stdout?.on('data', read)
    server?.stderr?.on('data', read)
    server?.once('exit', (code) =>
      reject(new Error(`The dev server ended with exit code ${code}:\n${output}`)),
    )
    setTimeout(() => reject(new Error(`The dev server did not start:\n${output}`)), startTimeout).unref()
  })
  return await address
}
