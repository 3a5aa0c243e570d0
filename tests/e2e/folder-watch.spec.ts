import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { test } from './support/skein-fixture.ts'

test('songs that are added to the folder appear by themselves, one by one and as a whole tree', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
  const [folder, source] = [temporaryFolder('music'), temporaryFolder('source')]
  makeTones(folder, { count: 2, seconds: 2 })
  makeTones(source, { count: 5, seconds: 2 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.expectTracks(2)
  mkdirSync(join(folder, 'new'))
  renameSync(source, join(folder, 'new', 'tree'))
  await window.expectTracks(7)
  makeTones(join(folder, 'more'), { count: 3, seconds: 2 })
  await window.expectTracks(10)
  rmSync(join(folder, 'more'), { recursive: true })
  mkdirSync(source)
})
