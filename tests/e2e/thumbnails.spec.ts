import { writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { encodePng } from '../../scripts/png.ts'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('rows show a thumbnail of a large cover', { tag: '@host' }, async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  const [song] = makeTones(folder, { count: 1, seconds: 1 })
  const side = 1500
  const rgb = Uint8Array.from({ length: side * side * 3 }, (_, index) => (index * 31 + (index >> 9)) & 255)
  writeFileSync(join(folder, dirname(song?.path ?? ''), 'cover.png'), encodePng(side, side, rgb))
  const { page } = await openSkein({ folder })
  const window = new PlayerWindow({ page })
  await window.expectTracks(1)
  const cover = window.tracks.locator('img')
  await expect.poll(() => cover.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(128)
})
