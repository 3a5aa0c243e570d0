import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { type ExitResult, expect, test } from './support/skein-fixture.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

test.describe('npm start -- --web', () => {
  test.skip(({ host }) => host !== 'web', 'the web host alone')

  test('prints only its address on one line, serves the folder to a browser, and requires the token', async ({
    page,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 2, seconds: 30 })
    const host = runStart(['--web', '--port', '0', folder], temporaryFolder('data'))
    try {
      const [line] = await once(createInterface(host.process.stdout), 'line')
      expect(line).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/\?token=[\w-]+$/)
      await page.goto(line)
      const window = new PlayerWindow({ page })
      expect(await page.evaluate(() => crossOriginIsolated)).toBe(true)
      // The address is in the browser's history and on the screen: the token is not in it, and a reload needs none.
      const withoutToken = new URL('/index.html', line).href
      await expect(window.row('Tone 0002')).toBeVisible()
      expect(page.url()).toBe(withoutToken)
      await page.reload()
      await window.row('Tone 0002').dblclick()
      await window.expectNowPlaying('Tone 0002')
      await window.expectMoving()
      expect(page.url()).toBe(withoutToken)

      const bare = await page.goto(new URL('/', line).href)
      expect(bare?.status()).toBe(403)
      await expect(page.locator('body')).toContainText('Open the whole address that Skein printed')
      const wrong = await page.goto(new URL('/?token=wrong', line).href)
      expect(wrong?.status()).toBe(403)
      expect((await page.request.get(new URL('/media/1', line).href)).status()).toBe(403)

      expect(await host.end()).toEqual({ code: 0, stdout: `${line}\n`, stderr: '' })
    } finally {
      await host.end()
    }
  })

  for (const [what, args, message] of [
    ['a folder that does not exist', ['/nowhere/at all'], /^There is no folder \/nowhere\/at all\.$/],
    ['a file', ['package.json'], /^\S+package\.json is a file: give the folder it is in\.$/],
    ['two folders', ['.', 'tests'], /^Skein opens one folder at a time\. Use: .*$/],
    ['a port that is none', ['--port', '70000'], /^"70000" is not a port: give a number from 0 .*$/],
    ['an option that is unknown', ['--loud'], /^Unknown option '--loud'\. Use: .*$/],
  ] as const) {
    test(`given ${what}, prints one line and fails`, async ({ temporaryFolder }) => {
      const { code, stdout, stderr } = await runStart(['--web', ...args], temporaryFolder('data')).awaitExit()
      expect(code).toBeGreaterThan(0)
      expect(stdout).toBe('')
      expect(stderr.trimEnd()).toMatch(message)
    })
  }
})

test('the host reports a missing folder in one sentence', async ({ openSkein, host }) => {
  if (host === 'web') {
    await expect(openSkein({ folder: '/nowhere/at all' })).rejects.toThrow(
      /\n\/nowhere\/at all cannot be opened: there is no such folder\.\n$/,
    )
    return
  }
  const window = new PlayerWindow(await openSkein({ folder: '/nowhere/at all' }))
  await expect(window.failure).toContainText('/nowhere/at all')
  await expect(window.button('Play the demo album')).toBeVisible()
})

/** Runs what `npm start` runs. Its message that it builds first is not part of the errors. */
function runStart(args: readonly string[], dataFolder: string) {
  const script = join(project, 'scripts', 'start.ts')
  const environment = { ...process.env, SKEIN_DATA_DIR: dataFolder, INIT_CWD: project }
  const host = spawn(process.execPath, [script, ...args], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let stdout = ''
  let stderr = ''
  host.stdout.on('data', (part) => {
    stdout += part
  })
  host.stderr.on('data', (part) => {
    stderr += part
  })
  const closed = once(host, 'close')
  const awaitExit = async (): Promise<ExitResult> => {
    const [code] = await closed
    return { code, stdout, stderr: stderr.replace(/^Building Skein …\n/, '') }
  }
  const end = async (): Promise<ExitResult> => {
    host.kill('SIGTERM')
    return await awaitExit()
  }
  return { process: host, awaitExit, end }
}
