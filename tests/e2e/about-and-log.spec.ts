import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, type Skein, test } from './support/skein-fixture.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8'))

/** Clicks an item of the application's menu. */
async function clickMenuItem({ application }: Skein, menu: string, item: string): Promise<void> {
  const isThere = await application?.evaluate(
    ({ Menu }, [menuLabel, itemLabel]) => {
      const plain = (label: string) => label.replace('&', '')
      const found = Menu.getApplicationMenu()
        ?.items.find(({ label, role }) => plain(label) === menuLabel || role === menuLabel.toLowerCase())
        ?.submenu?.items.find(({ label }) => plain(label) === itemLabel)
      found?.click()
      return found !== undefined
    },
    [menu, item] as const,
  )
  expect(isThere, `the menu ${menu} has ${item}`).toBe(true)
}

test('About shows the version and what Skein runs on, and copies both for a bug report', async ({
  openSkein,
}) => {
  const skein = await openSkein()
  const window = new PlayerWindow(skein)
  await window.show('Settings')
  await window.button('About Skein').click()
  const dialog = skein.page.getByRole('dialog', { name: 'About Skein' })
  await expect(dialog.getByText(`Skein ${version}`, { exact: true })).toBeVisible()
  const fact = (name: string) =>
    dialog.getByRole('definition').and(dialog.locator(`dt:text-is("${name}") + dd`))
  await expect(fact('Commit')).toHaveText(/^([0-9a-f]{7,}|unknown)$/)
  await expect(fact('Node.js')).toHaveText(/^\d+\.\d+\.\d+$/)
  await expect(fact('Licence')).toContainText('MIT')
  if (skein.kind === 'electron') {
    await expect(fact('Electron')).toHaveText(/^\d+\.\d+\.\d+$/)
    await expect(fact('Chromium')).toHaveText(/^\d+\.\d+\.\d+\.\d+$/)
  } else await expect(fact('Browser')).toContainText('Chrome/')
  if (skein.kind === 'web') await skein.page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await dialog.getByRole('button', { name: 'Copy for a bug report' }).click()
  await expect(dialog.getByRole('status')).toHaveText('Copied.')
  const copied = skein.application
    ? await skein.application.evaluate(({ clipboard }) => clipboard.readText())
    : await skein.page.evaluate(() => navigator.clipboard.readText())
  expect(copied).toMatch(new RegExp(`^Skein ${version}`))
  expect(copied).toMatch(/Node\.js \d+/)
  expect(copied).toContain('Log ')
  await skein.page.keyboard.press('Escape')
  await expect(dialog).toBeHidden()
  await expect(window.button('About Skein')).toBeFocused()
})

test('About fits into the smallest window, and all of it is reachable', async ({ openSkein }) => {
  const skein = await openSkein()
  if (skein.kind === 'electron')
    await skein.application?.evaluate(({ BrowserWindow }) =>
      BrowserWindow.getAllWindows()[0]?.setContentSize(480, 360),
    )
  else await skein.page.setViewportSize({ width: 480, height: 360 })
  const window = new PlayerWindow(skein)
  await window.show('Settings')
  await window.button('About Skein').click()
  const dialog = skein.page.getByRole('dialog', { name: 'About Skein' })
  await expect(dialog.getByRole('button', { name: 'Copy for a bug report' })).toBeInViewport({ ratio: 1 })
  await expect(dialog.getByText('MIT', { exact: true })).toBeAttached()
  await dialog.getByText('MIT', { exact: true }).scrollIntoViewIfNeeded()
  await expect(dialog.getByText('MIT', { exact: true })).toBeInViewport()
  const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
  expect(overflow).toBeLessThanOrEqual(0)
})

test('the menu Help opens About and shows the log', async ({ openSkein, host, temporaryFolder }) => {
  test.skip(host !== 'electron', 'A browser has no menu of ours.')
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 2 })
  const skein = await openSkein({ folder })
  await new PlayerWindow(skein).expectTracks(2)
  await clickMenuItem(skein, 'Help', 'About Skein')
  const dialog = skein.page.getByRole('dialog', { name: 'About Skein' })
  await expect(dialog).toBeVisible()
  const opened = await skein.application?.evaluateHandle(({ shell }) => {
    const paths: string[] = []
    shell.openPath = async (path) => {
      paths.push(path)
      return ''
    }
    return paths
  })
  await dialog.getByRole('button', { name: 'Show the data folder' }).click()
  await clickMenuItem(skein, 'Help', 'Show the log')
  const log = join(skein.dataFolder, 'logs', 'skein.log')
  await expect.poll(() => opened?.jsonValue()).toEqual([skein.dataFolder, log])
})

test('the log contains start, failures, errors of the page, scan and end, but no path of the music', async ({
  openSkein,
  host,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  const tones = makeTones(folder, { count: 3 })
  const home = temporaryFolder('home')
  const first = await openSkein({ folder: join(home, 'gone'), home, dataFolder: join(home, 'data') }).catch(
    () => undefined,
  )
  await first?.close()
  const skein = await openSkein({ folder, home, dataFolder: join(home, 'data') })
  await new PlayerWindow(skein).expectTracks(3)
  if (host === 'electron') await skein.page.evaluate(() => console.error('an error of the page'))
  await skein.close()
  const name = host === 'electron' ? 'skein.log' : 'web-host.log'
  const log = readFileSync(join(home, 'data', 'logs', name), 'utf8')
  expect(log).toMatch(new RegExp(`Z start: Skein ${version} \\(`))
  expect(log).toMatch(/Z scan: finished after [\d.]+ s: 3 found, 3 read, 0 unreadable in skein-music-/)
  expect(log.trimEnd().split('\n').at(-1)).toMatch(/Z end: /)
  if (host === 'electron') {
    expect(log).toContain('failure: gone cannot be opened: there is no such folder.')
    expect(log).toContain('page: an error of the page')
  }
  expect(log).not.toContain(home)
  expect(log).not.toContain(folder)
  for (const { title } of tones) expect(log).not.toContain(title)
})
