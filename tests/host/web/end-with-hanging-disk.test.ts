import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, onTestFinished, test } from 'vitest'
import { canHang, mountHangingDisk } from '../../fixtures/hanging-disk/hanging-disk.ts'
import { makeTones } from '../../fixtures/make-libraries.ts'
import { scratchFolder } from '../scratch.ts'

const program = fileURLToPath(new URL('../../../electron/web-host-main.ts', import.meta.url))

describe.runIf(canHang)('a web host whose disk does not respond', () => {
  test.each([
    { when: 'the scan begins', delay: 0 },
    { when: 'the scan reads', delay: 400 },
  ])('ends within three seconds if it hangs when $when', { timeout: 60_000 }, async ({ delay }) => {
    const disk = await mountHangingDisk()
    onTestFinished(() => disk.remove())
    makeTones(disk.source, { count: 200, seconds: 0.05 })
    const host = spawn(process.execPath, ['--no-warnings', program, '--port', '0', disk.path], {
      env: { ...process.env, SKEIN_DATA_DIR: join(scratchFolder(), 'data') },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    onTestFinished(() => void host.kill('SIGKILL'))
    await once(host.stdout, 'data')
    await setTimeout(delay)
    disk.hang()
    // The reads have to reach the disk.
    await setTimeout(1000)
    const start = performance.now()
    host.kill('SIGTERM')
    await once(host, 'exit')
    expect(performance.now() - start).toBeLessThan(3000)
  })
})
