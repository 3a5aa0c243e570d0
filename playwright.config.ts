import { defineConfig } from '@playwright/test'
import { findChromium } from './scripts/find-chromium.ts'
import { isRoot } from './scripts/system.ts'
import type { SkeinOptions } from './tests/e2e/support/skein-fixture.ts'

const executablePath = findChromium()

/** What depends on the host: these files, and single tests of other files with the tag @host. */
const testsOfTheHost =
  /(about-and-log|command-line|degraded-start|desktop|first-start|invalid-input|isolated-start|keyboard|network|threads|updates)\.spec\.ts|@host/

/**
 * Two projects drive the built application, in Chromium against the web host and in Electron's own window; the third
 * watches the installed package from outside.
 */
export default defineConfig<SkeinOptions>({
  testDir: 'tests/e2e',
  // Songs play in real time and machines differ: one test at a time, and no second try that hides a race.
  workers: 1,
  retries: 0,
  timeout: 60_000,
  expect: { timeout: 15_000 },
  forbidOnly: Boolean(process.env.CI),
  use: { trace: 'retain-on-failure', screenshot: 'only-on-failure', actionTimeout: 15_000 },
  projects: [
    {
      name: 'web',
      use: {
        host: 'web',
        launchOptions: { ...(executablePath ? { executablePath } : {}), chromiumSandbox: !isRoot },
        viewport: { width: 1280, height: 800 },
      },
    },
    // What is on the page is the same in both hosts, and tested in the web host alone.
    {
      name: 'electron',
      testMatch: /\.spec\.ts$/,
      grep: testsOfTheHost,
      testIgnore: ['accessibility.spec.ts', 'dev-server.spec.ts', 'documentation.spec.ts'],
      use: { host: 'electron' },
    },
    { name: 'installed', testDir: 'tests/installed' },
  ],
})
