/**
 * Checks that the system has what the tests need: a Chromium, and on Linux a display or a virtual one. Installs what is
 * missing on Debian as root; elsewhere prints what to install.
 */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { findChromium } from './find-chromium.ts'
import { hasDisplay, hasProgram } from './system.ts'

const canInstall = process.getuid?.() === 0 && existsSync('/etc/debian_version') && hasProgram('apt-get')

const missing: string[] = []
if (!findChromium() && !process.env.SKEIN_CHROMIUM) missing.push('chromium')
if (!hasDisplay() && !hasProgram('xvfb-run')) missing.push('xvfb', 'xauth')

// The tests of the installed package talk to it over a session bus and search for its window.
if (canInstall) {
  for (const [program, name] of Object.entries({
    Xvfb: 'xvfb',
    'dbus-daemon': 'dbus',
    gdbus: 'libglib2.0-bin',
    xdotool: 'xdotool',
  }))
    if (!hasProgram(program)) missing.push(name)
}
if (missing.length > 0 && canInstall) installPackages([...new Set(missing)])

const chromium = findChromium()
if (!chromium) {
  console.error(
    process.env.SKEIN_CHROMIUM
      ? `SKEIN_CHROMIUM names ${process.env.SKEIN_CHROMIUM}, which cannot be run: set it to a Chromium or Chrome.`
      : 'The tests need a Chromium: install Chromium or Google Chrome (or run "npx playwright install chromium"), or set SKEIN_CHROMIUM to one.',
  )
  process.exit(1)
}
const display = hasDisplay()
  ? 'a display'
  : hasProgram('xvfb-run')
    ? 'xvfb-run'
    : 'no display (install xvfb for the window tests)'
console.log(`Tests run on Node ${process.versions.node}, ${chromium} and ${display}.`)

function installPackages(packages: readonly string[]): void {
  console.log(`Installing ${packages.join(' and ')} with apt …`)
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  for (const args of [
    ['update', '-q'],
    ['install', '-y', '-q', '--no-install-recommends', ...packages],
  ]) {
    const { status, stdout, stderr } = spawnSync('apt-get', args, { env: environment, encoding: 'utf8' })
    if (status !== 0) {
      console.error(
        `${stdout}${stderr}apt-get ${args[0]} failed: install ${packages.join(' and ')} and try again.`,
      )
      process.exit(1)
    }
  }
}
