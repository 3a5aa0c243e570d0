/** Tests the updater in Electron's window, with releases from a local server. */
import { createHash } from 'node:crypto'
import { chmodSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { PlayerWindow } from './support/player-window.ts'
import { test as base, expect, type Skein } from './support/skein-fixture.ts'

/** Replaces a newer package: it only starts and exits. */
const newerPackage = '#!/bin/sh\nexit 0\n'

interface ReleaseServer {
  readonly requestedPaths: string[]
  /** Environment variables that make Skein use the local server, as the AppImage at `image`. */
  readonly environment: Record<string, string>
  readonly image: string
}

const test = base.extend<{ releases: (version: string) => Promise<ReleaseServer> }>({
  releases: async ({ temporaryFolder }, use) => {
    const servers: Server[] = []
    await use(async (version) => {
      const asked: string[] = []
      const server = serveRelease(version, asked)
      servers.push(server)
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
      const { port } = server.address() as AddressInfo
      const folder = temporaryFolder('releases')
      const feed = join(folder, 'app-update.yml')
      const image = join(folder, 'Skein.AppImage')
      writeFileSync(
        feed,
        `provider: generic\nurl: http://127.0.0.1:${port}\nupdaterCacheDirName: skein-updater\n`,
      )
      writeFileSync(image, '#!/bin/sh\nexit 1\n')
      chmodSync(image, 0o755)
      const environment = { SKEIN_UPDATE_FEED: feed, XDG_CACHE_HOME: join(folder, 'cache'), APPIMAGE: image }
      return { requestedPaths: asked, environment, image }
    })
    for (const server of servers) {
      server.closeAllConnections()
      server.close()
    }
  },
})

function serveRelease(version: string, asked: string[]): Server {
  const file = `Skein-${version}.AppImage`
  const hash = createHash('sha512').update(newerPackage).digest('base64')
  const about = `version: ${version}\nfiles:\n  - url: ${file}\n    sha512: ${hash}\n    size: ${newerPackage.length}\npath: ${file}\nsha512: ${hash}\nreleaseDate: '2026-11-01T00:00:00.000Z'\n`
  return createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1')
    asked.push(pathname)
    if (/^\/latest-linux(-\w+)?\.yml$/.test(pathname)) response.end(about)
    else if (pathname === `/${file}`) response.end(newerPackage)
    else response.writeHead(404).end()
  })
}

test.beforeEach(({ host }) => {
  test.skip(host !== 'electron', 'A browser gets what its host serves.')
  test.skip(
    process.platform !== 'linux',
    'The releases that are served here are of the kind that Linux gets.',
  )
})

async function openUpdateSettings(skein: Skein) {
  const window = new PlayerWindow(skein)
  await window.show('Settings')
  const section = skein.page.getByRole('region', { name: 'About' })
  return { section, toggle: section.getByRole('switch', { name: 'Skein looks for updates' }) }
}

test('a newer version is downloaded silently, shown in Settings and About, and installed on exit', async ({
  openSkein,
  releases,
}) => {
  const { environment, image } = await releases('9.9.9')
  const skein = await openSkein({ environment })
  const { section } = await openUpdateSettings(skein)
  const sentence = 'Skein 9.9.9 is ready. It is installed when you close Skein.'
  await expect(section.getByText(sentence)).toBeVisible()
  await expect(new PlayerWindow(skein).failure).toHaveText('')
  await section.getByRole('button', { name: 'About Skein' }).click()
  await expect(skein.page.getByRole('dialog').getByText(sentence)).toBeVisible()
  expect(readFileSync(image, 'utf8')).not.toBe(newerPackage)
  await skein.close()
  await expect.poll(() => readFileSync(image, 'utf8')).toBe(newerPackage)
})

test('nothing is downloaded if no version is newer', async ({ openSkein, releases }) => {
  const { environment, requestedPaths: asked } = await releases('0.0.1')
  const skein = await openSkein({ environment })
  const { section } = await openUpdateSettings(skein)
  await expect.poll(() => asked.length).toBeGreaterThan(0)
  await expect(
    section.getByText('Skein looks for a newer version once a day and installs it when you close Skein.'),
  ).toBeVisible()
  await skein.close()
  expect(asked.every((path) => path.endsWith('.yml'))).toBe(true)
})

test('turned off it sends no request, and turned on again it checks immediately', async ({
  openSkein,
  releases,
  temporaryFolder,
}) => {
  const { environment, requestedPaths: asked } = await releases('9.9.9')
  const dataFolder = temporaryFolder('data')
  writeFileSync(join(dataFolder, 'settings.json'), JSON.stringify({ settings: { updates: false } }))
  const { section, toggle } = await openUpdateSettings(await openSkein({ environment, dataFolder }))
  await expect(toggle).not.toBeChecked()
  await expect(section.getByText('Skein does not look for newer versions.')).toBeVisible()
  expect(asked).toEqual([])
  await section.getByText('Skein looks for updates', { exact: true }).click()
  await expect(toggle).toBeChecked()
  await expect(section.getByText('Skein 9.9.9 is ready. It is installed when you close Skein.')).toBeVisible()
})

test('turned off before the exit it installs nothing, and stays off', async ({ openSkein, releases }) => {
  const { environment, image } = await releases('9.9.9')
  const skein = await openSkein({ environment })
  const { section, toggle } = await openUpdateSettings(skein)
  await expect(section.getByText('Skein 9.9.9 is ready. It is installed when you close Skein.')).toBeVisible()
  await toggle.focus()
  await skein.page.keyboard.press('Space')
  await expect(toggle).not.toBeChecked()
  await expect(section.getByText('Skein does not look for newer versions.')).toBeVisible()
  const settings = join(skein.dataFolder, 'settings.json')
  await expect.poll(() => JSON.parse(readFileSync(settings, 'utf8')).settings.updates).toBe(false)
  await skein.close()
  expect(readFileSync(image, 'utf8')).not.toBe(newerPackage)
})

test('unreachable releases are reported only in the log', async ({
  openSkein,
  releases,
  temporaryFolder,
}) => {
  const { environment } = await releases('9.9.9')
  const feed = join(temporaryFolder('releases'), 'app-update.yml')
  // No server listens there.
  writeFileSync(feed, 'provider: generic\nurl: http://127.0.0.1:9\nupdaterCacheDirName: skein-updater\n')
  const skein = await openSkein({ environment: { ...environment, SKEIN_UPDATE_FEED: feed } })
  const { section } = await openUpdateSettings(skein)
  const log = join(skein.dataFolder, 'logs', 'skein.log')
  await expect.poll(() => readFileSync(log, 'utf8')).toMatch(/Z updates: Error: net::ERR_/)
  await expect(
    section.getByText('Skein looks for a newer version once a day and installs it when you close Skein.'),
  ).toBeVisible()
  await expect(new PlayerWindow(skein).failure).toHaveText('')
})

test('running from source, Skein shows nothing about updates', async ({ openSkein }) => {
  const { section, toggle } = await openUpdateSettings(await openSkein())
  await expect(section.getByRole('button', { name: 'About Skein' })).toBeVisible()
  await expect(toggle).toHaveCount(0)
  await expect(section.getByText(/updates/i)).toHaveCount(0)
})
