import { hasProgram } from '../../scripts/system.ts'
import { makeTones } from '../fixtures/make-libraries.ts'
import { SessionBus } from '../installed/session-bus.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test.describe("the system's player controls", { tag: '@host' }, () => {
  test.skip(({ host }) => host !== 'electron', 'a browser has its own entry there')
  test.skip(!hasProgram('dbus-daemon') || !hasProgram('gdbus'), 'needs a session bus')

  test('show the song that plays, and whether it is paused', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 2, seconds: 60 })
    const bus = await SessionBus.open()
    try {
      const environment = { DBUS_SESSION_BUS_ADDRESS: bus.address }
      const window = new PlayerWindow(await openSkein({ folder, environment }))
      await window.playAll()
      await window.expectMoving()
      await expect.poll(() => bus.readPlayerStatus()).toMatchObject({ playing: true, title: 'Tone 0001' })
      expect(await window.next()).toBe('Tone 0002')
      await expect.poll(() => bus.readPlayerStatus()).toMatchObject({ playing: true, title: 'Tone 0002' })
      await window.control('Pause').click()
      await expect.poll(() => bus.readPlayerStatus()).toMatchObject({ playing: false, title: 'Tone 0002' })
    } finally {
      await bus.close()
    }
  })
})
