/** The choice of the output device. Only the desktop window lists devices: a browser asks for the microphone first. */
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

const switches = ['--use-fake-device-for-media-stream']

test('an output device is chosen, and replaced with one message when it disappears', {
  tag: '@host',
}, async ({ host, openSkein, temporaryFolder }) => {
  test.skip(host !== 'electron', 'Other browsers list no devices')
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 1, seconds: 60 })
  const { page } = await openSkein({ folder, switches })
  const window = new PlayerWindow({ page })
  await window.expectTracks(1)
  await window.playAll()
  await window.expectMoving()
  await window.show('Settings')
  const device = page.getByRole('combobox', { name: 'Output device' })
  await device.selectOption('Fake Audio Output 1')
  await window.expectMoving()
  await expect(window.control('Pause')).toBeVisible()

  await page.evaluate(() => {
    navigator.mediaDevices.enumerateDevices = async () => []
    navigator.mediaDevices.dispatchEvent(new Event('devicechange'))
  })
  await expect(window.failure).toContainText(
    'The output device Fake Audio Output 1 is not connected any more.',
  )
  await expect(device).toContainText('Fake Audio Output 1 (not connected)')
  await window.expectMoving()
})

test('the window may list the output devices, but not record', { tag: '@host' }, async ({
  host,
  openSkein,
}) => {
  test.skip(host !== 'electron', 'A browser asks its user')
  const { page } = await openSkein({ switches })
  const error = await page.evaluate(() =>
    navigator.mediaDevices.getUserMedia({ audio: true }).then(
      () => undefined,
      (reason: DOMException) => reason.name,
    ),
  )
  expect(error).toBe('NotAllowedError')
})
