import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

test('a play counts after half of the song, is kept, and counts again', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const [folder, dataFolder] = [temporaryFolder('music'), temporaryFolder('data')]
  makeTones(folder, { count: 3, seconds: 8 })
  const skein = await openSkein({ folder, dataFolder })
  const window = new PlayerWindow(skein)
  await window.expectTracks(3)
  await window.row('Tone 0002').dblclick()
  // A jump is not heard.
  await window.seek.press('End')
  await window.expectNowPlaying('Tone 0003')
  await window.search.fill('plays:1')
  await expect.poll(() => window.titles()).toEqual(['Tone 0003'])
  // Back to its start, or again if it has ended meanwhile.
  await window.control('Previous').click()
  await window.search.fill('plays:2')
  await expect.poll(() => window.titles()).toEqual(['Tone 0003'])
  await skein.close()

  const again = new PlayerWindow(await openSkein({ dataFolder }))
  await again.expectTracks(3)
  await again.search.fill('plays:2')
  await expect.poll(() => again.titles()).toEqual(['Tone 0003'])
})

test('the current song is rated by its stars and by digits, and keeps its rating', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const [folder, dataFolder] = [temporaryFolder('music'), temporaryFolder('data')]
  makeTones(folder, { count: 3, seconds: 60 })
  const skein = await openSkein({ folder, dataFolder })
  const window = new PlayerWindow(skein)
  await window.expectTracks(3)
  await window.row('Tone 0002').dblclick()
  const stars = window.player.getByRole('slider', { name: 'Rating of “Tone 0002”' })
  await expect(stars).toHaveAttribute('aria-valuetext', 'Not rated')
  await window.page.getByRole('link', { name: 'Settings' }).focus()
  await window.page.keyboard.press('4')
  await expect(stars).toHaveAttribute('aria-valuetext', '4 of 5 stars')
  await stars.press('ArrowLeft')
  await expect(stars).toHaveAttribute('aria-valuetext', '3.5 of 5 stars')
  const bounds = await stars.boundingBox()
  await stars.click({ position: { x: ((bounds?.width ?? 0) * 1) / 10 - 2, y: 12 } })
  await expect(stars).toHaveAttribute('aria-valuetext', '0.5 of 5 stars')
  // The same half again removes the rating.
  await stars.click({ position: { x: ((bounds?.width ?? 0) * 1) / 10 - 2, y: 12 } })
  await expect(stars).toHaveAttribute('aria-valuetext', 'Not rated')
  await stars.press('5')
  await expect(stars).toHaveAttribute('aria-valuetext', '5 of 5 stars')
  await window.search.fill('rating:>4')
  await expect.poll(() => window.titles()).toEqual(['Tone 0002'])
  // Digits in the search are text.
  await window.search.fill('')
  await window.search.pressSequentially('2')
  await expect(window.search).toHaveValue('2')
  await skein.close()

  const again = new PlayerWindow(await openSkein({ dataFolder }))
  await again.expectTracks(3)
  await again.search.fill('rating:5')
  await expect.poll(() => again.titles()).toEqual(['Tone 0002'])
})
