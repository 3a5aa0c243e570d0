/** Tests the Debian package as a user does: installed with apt, started from the PATH, observed from outside, removed. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from '@playwright/test'
import { findElectron } from '../../scripts/find-electron.ts'
import { hasProgram, isRoot } from '../../scripts/system.ts'
import { makeTones, type Tone } from '../fixtures/make-libraries.ts'
import { SessionBus } from './session-bus.ts'
import { VirtualScreen } from './virtual-screen.ts'

const run = promisify(execFile)
const project = fileURLToPath(new URL('../../', import.meta.url))
const program = '/usr/bin/skein'
/** Chromium's sandbox does not work for root. The application itself never disables it. */
const noSandboxOption = '--no-sandbox'

const skipReason = findSkipReason()
if (skipReason !== undefined) console.log(`The installed package is not tested: ${skipReason}.`)

test.describe.configure({ mode: 'serial' })
test.skip(skipReason !== undefined, skipReason)
test.setTimeout(180_000)

let home = ''
let tones: readonly Tone[] = []
let screen: VirtualScreen
let bus: SessionBus
let filesBefore: readonly string[]

test.beforeAll(async () => {
  if (skipReason !== undefined) return
  home = mkdtempSync(join(tmpdir(), 'skein-home-'))
  tones = makeTones(join(home, 'Music'), { count: 3, seconds: 120 })
  screen = await VirtualScreen.open(1280, 800)
  bus = await SessionBus.open()
})

test.afterAll(async () => {
  if (skipReason !== undefined) return
  if (existsSync(program)) await runApt('purge', 'skein')
  await bus.close()
  await screen.close()
  rmSync(home, { recursive: true, force: true })
})

test('apt installs the package that npm run dist makes', async () => {
  await makeDist()
  filesBefore = await listSystemFiles()
  await runApt('install', join(project, 'dist', debName()))
  expect(await runSkein(noSandboxOption, '--version')).toContain(readVersion())
  const { mode, uid } = statSync('/usr/lib/skein/chrome-sandbox')
  expect(`${(mode & 0o7777).toString(8)} of ${uid}`).toBe('4755 of 0')
})

test('it prints what it reads of a file, without a display', async () => {
  const [tone] = tones
  const file = join(home, 'Music', tone?.path ?? '')
  const { DISPLAY: _, ...env } = environment()
  const { stdout } = await run(program, [noSandboxOption, '--inspect', file], { env, timeout: 20_000 })
  expect(stdout.split('\n')).toHaveLength(2)
  expect(JSON.parse(stdout)).toMatchObject({ path: file, title: tone?.title, warnings: [] })
  const failed = run(program, [noSandboxOption, '--inspect', `${file}.missing`], { env, timeout: 20_000 })
  await expect(failed).rejects.toMatchObject({ code: 1, stdout: expect.stringContaining('"error":') })
})

test('it plays, follows its command line, and saves its state on exit', async () => {
  const first = startSkein(join(home, 'Music'))
  await expect.poll(() => screen.countColours(50)).toBeGreaterThanOrEqual(50)
  await expectPlayerWindow()

  await runSkein(noSandboxOption, '--play-pause')
  await expect
    .poll(async () => await bus.readPlayerStatus())
    .toMatchObject({ playing: true, title: 'Tone 0001' })
  await expect.poll(async () => (await bus.readPlayerStatus())?.position).toBeGreaterThan(500)

  await runSkein(noSandboxOption, '--next')
  await expect
    .poll(async () => await bus.readPlayerStatus())
    .toMatchObject({ playing: true, title: 'Tone 0002' })
  await expect.poll(async () => (await bus.readPlayerStatus())?.position).toBeGreaterThan(500)

  // Later than the last periodic save, which happens every five seconds.
  await expect
    .poll(async () => (await bus.readPlayerStatus())?.position, { timeout: 20_000 })
    .toBeGreaterThan(7_000)
  const last = (await bus.readPlayerStatus())?.position ?? 0
  expect(await awaitExit(first)).toBe(0)
  const { library, session } = JSON.parse(readFileSync(join(dataFolder(), 'settings.json'), 'utf8'))
  expect(library).toEqual({ kind: 'folder', folder: join(home, 'Music') })
  expect(session.file).toBe(join(home, 'Music', tones[1]?.path ?? ''))
  expect(session.position).toBeGreaterThanOrEqual(Math.floor(last / 100) / 10)
  // The database's native library works in the package, and the database was closed.
  expect(readFileSync(join(dataFolder(), 'library.db'), 'latin1')).toMatch(/^SQLite format 3\0/)
  expect(readdirSync(dataFolder())).not.toContain('library.db-wal')
  expect(readFileSync(join(dataFolder(), 'logs', 'skein.log'), 'utf8')).not.toMatch(/ (failure|database): /)
})

test('the next start resumes the song', async () => {
  const second = startSkein()
  await expectPlayerWindow()
  await runSkein(noSandboxOption, '--play-pause')
  await expect
    .poll(async () => await bus.readPlayerStatus())
    .toMatchObject({ playing: true, title: 'Tone 0002' })
  expect((await bus.readPlayerStatus())?.position).toBeGreaterThan(7_000)
  expect(await awaitExit(second)).toBe(0)
})

test('removing the package leaves only the user’s files', async () => {
  await runApt('remove', 'skein')
  const remaining = (await listSystemFiles()).filter(
    (file) => !filesBefore.includes(file) && !isAptFile(file),
  )
  expect(remaining).toEqual([])
  expect(readdirSync(dataFolder())).toContain('settings.json')
  expect(readdirSync(join(home, '.local', 'share'))).toEqual(['skein'])
  // System libraries for sound and desktop settings create folders of their own.
  const others = ['.config', '.cache'].flatMap((name) => {
    const folder = join(home, name)
    return existsSync(folder) ? readdirSync(folder) : []
  })
  expect(
    others.filter((name) => !['pulse', 'dconf', 'fontconfig', 'mesa_shader_cache'].includes(name)),
  ).toEqual([])
})

function findSkipReason(): string | undefined {
  if (!existsSync('/etc/debian_version')) return 'this system is not Debian'
  if (!isRoot) return 'only root can install packages'
  if (existsSync(program)) return 'Skein is already installed'
  if (findElectron() === undefined) return "Electron's runtime is not installed"
  const required = ['apt-get', 'dpkg-deb', 'Xvfb', 'dbus-daemon', 'gdbus', 'xdotool']
  const missing = required.filter((name) => !hasProgram(name))
  return missing.length === 0 ? undefined : `${missing.join(', ')} not found`
}

/** Without `CI`, which would add downloads and time. */
async function makeDist(): Promise<void> {
  const { CI: _, ...env } = process.env
  await run(process.execPath, [join(project, 'scripts', 'dist.ts')], { cwd: project, env, maxBuffer: 1e8 })
}

function startSkein(...args: readonly string[]): ChildProcess {
  return spawn(program, [noSandboxOption, ...args], { env: environment(), stdio: 'ignore' })
}

/** Runs the command to its end and returns its standard output. */
async function runSkein(...args: readonly string[]): Promise<string> {
  const { stdout } = await run(program, args, { env: environment(), timeout: 20_000 })
  return stdout
}

/** A desktop user's environment, without Skein's own variables, so that data goes to its usual folder. */
function environment(): NodeJS.ProcessEnv {
  const { PATH, LANG } = process.env
  return { PATH, LANG, HOME: home, DISPLAY: screen.display, DBUS_SESSION_BUS_ADDRESS: bus.address }
}

/** Asks the program to exit, like a system that shuts down, and returns its exit code. */
async function awaitExit(child: ChildProcess): Promise<number | null> {
  const exit = once(child, 'exit')
  child.kill('SIGTERM')
  const [code] = await exit
  return code
}

async function expectPlayerWindow(): Promise<void> {
  await expect.poll(async () => await windowNames()).toContainEqual(expect.stringContaining('Skein'))
}

async function windowNames(): Promise<readonly string[]> {
  const found = await run('xdotool', ['search', '--onlyvisible', '--class', 'skein', 'getwindowname', '%@'], {
    env: environment(),
  }).catch(() => ({ stdout: '' }))
  return found.stdout.split('\n')
}

async function runApt(command: 'install' | 'remove' | 'purge', what: string): Promise<void> {
  const options = ['-y', '-q', '--no-install-recommends']
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  await run('apt-get', [command, ...options, what], { env, maxBuffer: 1e8 })
}

/** apt and dpkg keep records of every package that was removed and not purged. */
const isAptFile = (file: string): boolean => /^\/var\/(lib\/(apt|dpkg)|cache|log)\//.test(file)

const dataFolder = (): string => join(home, '.local', 'share', 'skein')

const debName = (): string =>
  readdirSync(join(project, 'dist')).find((name) => name.endsWith('.deb')) ?? 'no package'

const readVersion = (): string => JSON.parse(readFileSync(join(project, 'package.json'), 'utf8')).version

/** Returns the files with Skein's name in the folders that packages write to. */
async function listSystemFiles(): Promise<readonly string[]> {
  const { stdout } = await run('find', ['/etc', '/opt', '/usr', '/var', '-xdev', '-iname', '*skein*'], {
    maxBuffer: 1e8,
  })
  return stdout.split('\n').filter(Boolean)
}
