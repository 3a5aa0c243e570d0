import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, type Skein, test } from './support/skein-fixture.ts'

test.describe('one song', () => {
  test('plays by double click, advances, stops exactly at Pause, and resumes from there', {
    tag: '@host',
  }, async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 3, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.row('Tone 0002').dblclick()
    await window.expectNowPlaying('Tone 0002')
    await expect(window.nowPlaying).toContainText('Artist 001 — Album 001')
    await expect(window.row('Tone 0002')).toHaveAttribute('aria-current', 'true')
    await expect(window.page).toHaveTitle('Tone 0002 — Artist 001 · Skein')
    await window.expectPosition(0.5)

    await window.control('Pause').click()
    await expect(window.control('Play')).toBeVisible()
    const held = await window.position()
    expect(held).toBeLessThan(30)
    await window.awaitFrames(30)
    expect(await window.position()).toBe(held)
    await expect(window.page).toHaveTitle('Skein')

    await window.control('Play').click()
    await expect(window.control('Pause')).toBeVisible()
    await window.expectPosition(held + 0.3, held + 10)
    await window.expectNowPlaying('Tone 0002')
  })

  test('plays by Enter on its row and by the button of its row', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 3, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.row('Tone 0003').click()
    await expect(window.row('Tone 0003')).toHaveAttribute('aria-selected', 'true')
    await expect(window.nowPlaying).toHaveText('')
    await window.page.keyboard.press('Enter')
    await window.expectNowPlaying('Tone 0003')
    await window.expectMoving()

    await window.row('Tone 0001').hover()
    await window.row('Tone 0001').locator('[data-play]').click()
    await window.expectNowPlaying('Tone 0001')
    await window.expectMoving()
  })

  test('can be seeked by mouse and by keys, while playing and while paused', { tag: '@host' }, async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 1, seconds: 120 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.playAll()
    await window.expectPosition(0.2)
    const { width, height } = await seekBounds(window)
    await window.seek.click({ position: { x: width / 2, y: height / 2 } })
    await window.expectPosition(60, 64)
    await window.expectMoving()
    await window.seek.press('PageUp')
    await window.expectPosition(90, 95)
    await window.seek.press('ArrowLeft')
    await window.expectPosition(84, 90)

    await window.control('Pause').click()
    await expect(window.control('Play')).toBeVisible()
    await window.seek.press('Home')
    await expect.poll(() => window.position()).toBe(0)
    await window.seek.press('ArrowRight')
    await expect.poll(() => window.position()).toBe(5)
    await expect(window.seek).toHaveAttribute('aria-valuetext', '0:05 of 2:00')
    await expect(window.player).toContainText('0:05 / 2:00')
    await window.awaitFrames(20)
    expect(await window.position()).toBe(5)

    await window.control('Play').click()
    await window.expectPosition(5.2, 15)
  })

  test('follows the seek slider while it is dragged', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 1, seconds: 120 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.playAll()
    await window.expectPosition(0.2)
    const { x, y, width, height } = await seekBounds(window)
    const { mouse } = window.page
    await mouse.move(x + width * 0.1, y + height / 2)
    await mouse.down()
    await mouse.move(x + width * 0.75, y + height / 2, { steps: 25 })
    await window.expectPosition(88, 92)
    await mouse.up()
    await window.expectPosition(90.5, 100)
    await window.expectNowPlaying('Tone 0001')
  })
})

test.describe('from song to song', () => {
  test('the next song follows at a song’s end, and playback stops at the end of the list', {
    tag: '@host',
  }, async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 3 })
    const window = new PlayerWindow(await openSkein({ folder }))
    const titles = await window.recordTitles()
    await window.playAll()
    await expect.poll(titles).toEqual(['Tone 0001', 'Tone 0002', 'Tone 0003'])
    await expect(window.control('Play')).toBeVisible()
    await expect.poll(() => window.position()).toBe(0)
    await window.expectNowPlaying('Tone 0003')
    expect(await titles()).toHaveLength(3)

    // Play restarts the list.
    await window.control('Play').click()
    await window.expectNowPlaying('Tone 0001')
  })

  test('Previous goes back through the played songs, and Next forward again', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 9, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.row('Tone 0005').dblclick()
    await window.expectNowPlaying('Tone 0005')
    expect(await window.next()).toBe('Tone 0006')
    await window.row('Tone 0002').dblclick()
    await window.expectNowPlaying('Tone 0002')
    for (const title of ['Tone 0006', 'Tone 0005']) {
      await window.control('Previous').click()
      await window.expectNowPlaying(title)
    }
    expect(await window.next()).toBe('Tone 0006')
    expect(await window.next()).toBe('Tone 0002')
    expect(await window.next()).toBe('Tone 0003')
    await window.expectMoving()
  })

  test('Previous restarts a song after its first 3 seconds', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 2, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.playAll()
    expect(await window.next()).toBe('Tone 0002')
    await window.expectPosition(0.1)
    await window.seek.press('PageUp')
    await window.expectPosition(30)
    await window.control('Previous').click()
    await window.expectPosition(0, 3)
    await window.expectNowPlaying('Tone 0002')
    await window.control('Previous').click()
    await window.expectNowPlaying('Tone 0001')
  })

  test('repeat all restarts after the last song', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 2 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.control('Repeat').click()
    await expect(window.control('Repeat')).toHaveAccessibleDescription('Repeat: all songs')
    const titles = await window.recordTitles()
    await window.playAll()
    await expect.poll(titles).toEqual(['Tone 0001', 'Tone 0002', 'Tone 0001', 'Tone 0002'])
  })

  test('repeat one repeats the song, and Next still advances', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 2, seconds: 2 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.control('Repeat').click()
    await window.control('Repeat').click()
    await expect(window.control('Repeat')).toHaveAccessibleDescription('Repeat: this song')
    const titles = await window.recordTitles()
    await window.playAll()
    await window.awaitRestarts(2)
    expect(await titles()).toEqual(['Tone 0001'])
    expect(await window.next()).toBe('Tone 0002')
  })
})

test.describe('shuffle', () => {
  test('plays every song once before the list ends', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    const tones = makeTones(folder, { count: 12, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(12)
    await window.control('Shuffle').click()
    await expect(window.control('Shuffle')).toHaveAttribute('aria-pressed', 'true')
    await window.playAll()
    const played = [await window.nowPlayingTitle()]
    while (played.length < tones.length) played.push(await window.next())
    expect(played.toSorted()).toEqual(tones.map(({ title }) => title))
    await window.control('Next').click()
    await expect(window.control('Play')).toBeVisible()
  })

  test('plays every song once without Next, and with repeat all no song twice in a round', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    const titles = makeTones(folder, { count: 4, seconds: 0.6 }).map(({ title }) => title)
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(4)
    await window.control('Shuffle').click()
    await window.control('Repeat').click()
    await expect(window.control('Repeat')).toHaveAttribute('aria-pressed', 'true')
    const recorded = await window.recordTitles()
    await window.playAll()
    await expect.poll(async () => (await recorded()).length).toBeGreaterThanOrEqual(9)
    const played = await recorded()
    expect(played.slice(0, 4).toSorted()).toEqual(titles)
    expect(played.slice(4, 8).toSorted()).toEqual(titles)
  })

  test('turned on during a song, keeps it and plays all others', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    const titles = makeTones(folder, { count: 8, seconds: 60 }).map(({ title }) => title)
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.row('Tone 0004').dblclick()
    await window.expectNowPlaying('Tone 0004')
    await window.control('Shuffle').click()
    await expect(window.control('Shuffle')).toHaveAttribute('aria-pressed', 'true')
    await window.expectNowPlaying('Tone 0004')
    const played = ['Tone 0004']
    while (played.length < titles.length) played.push(await window.next())
    expect(played.toSorted()).toEqual(titles)
  })
})

test.describe('up next', () => {
  test('shows the songs that Next plays', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 10, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.expectTracks(10)
    await window.control('Shuffle').click()
    await window.playAll()
    await window.show('Up next')
    await expect(window.upNext.getByRole('listitem')).toHaveCount(9)
    const planned = await readUpNextTitles(window)
    expect(planned).not.toContain(await window.nowPlayingTitle())
    for (const title of planned) expect(await window.next()).toBe(title)
    await expect(window.page.getByText('The list ends with this song.')).toBeVisible()
  })

  test('plays a song of the list by double click or Enter, and skips those before it', async ({
    openSkein,
    temporaryFolder,
  }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 8, seconds: 60 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.row('Tone 0001').dblclick()
    await window.show('Up next')
    const song = (title: string) => window.upNext.getByRole('button', { name: title })
    await song('Tone 0004').dblclick()
    await window.expectNowPlaying('Tone 0004')
    await expect.poll(() => readUpNextTitles(window)).toEqual(toneTitles(5, 8))
    await song('Tone 0007').press('Enter')
    await window.expectNowPlaying('Tone 0007')
    await expect.poll(() => readUpNextTitles(window)).toEqual(['Tone 0008'])
    await window.control('Previous').click()
    await window.expectNowPlaying('Tone 0004')
  })

  test('offers a next step while nothing plays', async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 1 })
    const window = new PlayerWindow(await openSkein({ folder }))
    await window.show('Up next')
    await expect(window.page.getByRole('heading', { name: 'Nothing is up next.' })).toBeVisible()
    await window.button('Go to the library').click()
    await expect(window.row('Tone 0001')).toBeVisible()
  })
})

test('volume, mute, shuffle and repeat survive a restart', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 2, seconds: 60 })
  const first = await openSkein({ folder })
  const before = new PlayerWindow(first)
  await before.volume.press('Home')
  for (let step = 0; step < 6; step++) await before.volume.press('ArrowRight')
  await expect(before.volume).toHaveValue('30')
  await before.control('Mute').click()
  await expect(before.volume).toHaveAttribute('aria-valuetext', '30%, muted')
  await before.control('Shuffle').click()
  await before.control('Repeat').click()
  await expect(before.control('Repeat')).toHaveAttribute('aria-pressed', 'true')
  await expect
    .poll(() => readSavedSettings(first))
    .toMatchObject({ muted: true, shuffle: true, repeat: 'all' })
  await first.close()

  const after = new PlayerWindow(await openSkein({ dataFolder: first.dataFolder }))
  await expect(after.volume).toHaveValue('30')
  await expect(after.control('Mute')).toHaveAttribute('aria-pressed', 'true')
  await expect(after.control('Shuffle')).toHaveAttribute('aria-pressed', 'true')
  await expect(after.control('Repeat')).toHaveAccessibleDescription('Repeat: all songs')

  // The restored volume also applies to the sound.
  await after.volume.press('ArrowRight')
  await expect(after.volume).toHaveValue('35')
  await expect(after.control('Mute')).toHaveAttribute('aria-pressed', 'false')
})

test('the sound output has the volume of the slider', async ({ openSkein, temporaryFolder }) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 1, seconds: 60 })
  const window = new PlayerWindow(await openSkein({ folder }))
  await window.playAll()
  await window.expectPosition(0.1)
  await window.volume.press('End')
  await expect.poll(() => window.page.evaluate(masterVolume)).toBe(1)
  await window.volume.press('PageDown')
  await expect(window.volume).toHaveValue('80')
  await expect.poll(() => window.page.evaluate(masterVolume)).toBeLessThan(1)
  expect(await window.page.evaluate(masterVolume)).toBeGreaterThan(0)
  await window.control('Mute').click()
  await expect.poll(() => window.page.evaluate(masterVolume)).toBe(0)
})

/** Runs in the page: returns the gain of Howler's output, through which every song goes. */
function masterVolume(): number {
  const { Howler } = window as unknown as { Howler: { masterGain: GainNode } }
  return Howler.masterGain.gain.value
}

function readSavedSettings({ dataFolder }: Skein): unknown {
  try {
    return JSON.parse(readFileSync(join(dataFolder, 'settings.json'), 'utf8')).settings
  } catch {
    // Not written yet.
    return undefined
  }
}

async function readUpNextTitles(window: PlayerWindow): Promise<string[]> {
  return await window.upNext.locator('[title]').allTextContents()
}

function toneTitles(first: number, last: number): string[] {
  return Array.from({ length: last - first + 1 }, (_, index) => `Tone 000${first + index}`)
}

async function seekBounds({
  seek,
}: PlayerWindow): Promise<{ x: number; y: number; width: number; height: number }> {
  const box = await seek.boundingBox()
  if (box === null) throw new Error('The seek slider is not in sight')
  return box
}
