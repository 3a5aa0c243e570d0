import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

const project = fileURLToPath(new URL('../../', import.meta.url))

test.describe('npm start -- --web', () => {
  test.skip(({ host }) => host !== 'web', 'the web host alone')

  test('prints its address alone on one line, serves the folder to a browser, and gives nothing without the token', async ({
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
      await window.row('Tone 0002').dblclick()
      await window.expectNowPlaying('Tone 0002')
      await window.expectMoving()

      const bare = await page.goto(new URL('/', line).href)
      expect(bare?.status()).toBe(403)
      await expect(page.locator('body')).toContainText('Open the whole address that Skein printed')
      const wrong = await page.goto(new URL('/?token=wrong', line).href)
      expect(wrong?.status()).toBe(403)
      expect((await page.request.get(new URL('/media/1', line).href)).status()).toBe(403)

      expect(await host.end()).toEqual({ code: 0, output: `${line}\n`, complaint: '' })
    } finally {
      await host.end()
    }
  })

  for (const [what, words, complaint] of [
    ['a folder that does not exist', ['/nowhere/at all'], /^There is no folder \/nowhere\/at all\.$/],
    ['a file', ['package.json'], /^\S+package\.json is a file: give the folder it is in\.$/],
    ['two folders', ['.', 'tests'], /^Skein opens one folder at a time\. Use: .*$/],
    ['a port that is none', ['--port', '70000'], /^"70000" is not a port: give a number from 0 .*$/],
    ['an option that is unknown', ['--loud'], /^Unknown option '--loud'\. Use: .*$/],
  ] as const) {
    test(`given ${what}, says so in one line and fails`, async ({ temporaryFolder }) => {
      const {
        code,
        output,
        complaint: said,
      } = await runStart(['--web', ...words], temporaryFolder('data')).over()
      expect(code).toBeGreaterThan(0)
      expect(output).toBe('')
      expect(said.trimEnd()).toMatch(complaint)
    })
  }
})

test('the host itself says in one sentence that a folder does not exist', async ({ openSkein, host }) => {
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

interface ExitResult {
  readonly code: number | null
  readonly output: string
  readonly complaint: string
}

/** Runs what `npm start` runs. The word that it builds first, when it has to, is no complaint. */
function runStart(words: readonly string[], dataDir: string) {
  const script = join(project, 'scripts', 'start.ts')
  const environment = { ...process.env, SKEIN_DATA_DIR: dataDir, INIT_CWD: project }
  const host = spawn(process.execPath, [script, ...words], {
    cwd: project,
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  let complaint = ''
  host.stdout.on('data', (part) => {
    output += part
  })
  host.stderr.on('data', (part) => {
    complaint += part
  })
  const closed = once(host, 'close')
  const over = async (): Promise<ExitResult> => {
    const [code] = await closed
    return { code, output, complaint: complaint.replace(/^Building Skein …\n/, '') }
  }
  const end = async (): Promise<ExitResult> => {
    host.kill('SIGTERM')
    return await over()
  }
  return { process: host, over, end }
}
