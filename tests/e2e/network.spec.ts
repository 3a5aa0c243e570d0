/** The README promises that nothing is sent anywhere. Chromium itself records here what it asks of the network. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fixturesFolder, toneFiles } from '../fixtures/fixture-files.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('the window sends nothing to the network, at the first start and at the next', async ({
  host,
  openSkein,
  temporaryFolder,
}) => {
  test.skip(host !== 'electron', 'A browser is not of Skein')
  const dataFolder = temporaryFolder('data')
  for (const start of ['first', 'second']) {
    const netLog = join(dataFolder, `${start}.json`)
    const skein = await openSkein({
      folder: join(fixturesFolder, 'tones'),
      dataFolder,
      switches: [`--log-net-log=${netLog}`],
    })
    const window = new PlayerWindow(skein)
    await window.expectTracks(toneFiles.length)
    await window.playAll()
    await window.expectMoving()
    await skein.close()
    const log = readFileSync(netLog, 'utf8')
    expect(log).toContain('"constants":')
    expect(requestedAddresses(log), `${start} start`).toEqual([])
  }
})

/** Returns every address of another machine in a net log. The test driver's own connections begin on this machine. */
function requestedAddresses(log: string): string[] {
  const addresses = log.match(/(https?|wss?):\/\/[^"\\\s]+/g) ?? []
  const names = log.match(/"host":"[^"]+"/g) ?? []
  return [...new Set([...addresses, ...names])].filter((address) => !/127\.0\.0\.1|localhost/.test(address))
}
