import { once } from 'node:events'
import { canHang, mountHangingDisk } from '../fixtures/hanging-disk/hanging-disk.ts'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

/** Milliseconds. */
const maxExitTime = 3000

test.describe('a disk that stops to respond', { tag: '@host' }, () => {
  test.skip(!canHang, 'a file system of the test’s own needs Linux and its administrator')
  test.skip(({ host }) => host !== 'electron', 'the web host has tests without a window')

  for (const { when, isPlaying } of [
    { when: 'a scan', isPlaying: false },
    { when: 'playback', isPlaying: true },
  ]) {
    test(`during ${when} leaves the window usable, and Skein quits`, async ({ openSkein }) => {
      const disk = await mountHangingDisk()
      try {
        makeTones(disk.source, { count: 40, seconds: 30 })
        const skein = await openSkein({ folder: disk.path })
        const window = new PlayerWindow(skein)
        await window.expectTracks(40)
        if (isPlaying) {
          await window.row('Tone 0002').dblclick()
          await window.expectMoving()
        }
        disk.hang()
        if (isPlaying) await window.control('Next').click()
        else await window.button('Rescan').click()
        await window.page.getByRole('link', { name: 'Settings' }).click()
        await expect(window.page.getByRole('heading', { name: 'Settings', level: 1 })).toBeVisible()
        const host = skein.application?.process()
        if (host === undefined) throw new Error('There is no window to end.')
        const exited = once(host, 'exit')
        const start = performance.now()
        host.kill('SIGTERM')
        await exited
        expect(performance.now() - start).toBeLessThan(maxExitTime)
      } finally {
        disk.remove()
      }
    })
  }
})
