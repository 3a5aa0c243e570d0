import { join } from 'node:path'
import { makeMixedLibrary, makeTones } from '../fixtures/make-libraries.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'
import { installSoundProbe, readPlayingSound } from './support/sound-probe.ts'
import { ThreadsPanel } from './support/threads-panel.ts'

/** Songs longer than any test here, so that only the test changes the song. */
const songSeconds = 120

test.describe('a paused thread', () => {
  let window: PlayerWindow
  let panel: ThreadsPanel

  test.beforeEach(async ({ openSkein, temporaryFolder }) => {
    const folder = temporaryFolder('music')
    makeTones(folder, { count: 4, seconds: songSeconds })
    const skein = await openSkein({ folder })
    await installSoundProbe(skein.page)
    window = new PlayerWindow(skein)
    panel = new ThreadsPanel(skein.page)
    await window.row('Tone 0001').dblclick()
    await window.expectNowPlaying('Tone 0001')
    await expect.poll(async () => (await readPlayingSound(window.page))?.position ?? 0).toBeGreaterThan(0)
    await panel.open()
  })

  test('waits before its next operation while the sound goes on, and then handles its inputs', async () => {
    await selectThread(panel, 'playback')
    await panel.region.getByRole('button', { name: 'Pause playback' }).click()
    await window.control('Next').click()
    await panel.expectThread('Player', 'playback', {
      state: 'Runnable',
      waitingOn: /paused before/,
    })
    const before = await readPlayingSound(window.page)
    await expect
      .poll(async () => (await readPlayingSound(window.page))?.position ?? 0)
      .toBeGreaterThan((before?.position ?? 0) + 0.3)
    await expect(window.title).toHaveText('Tone 0001')
    await panel.region.getByRole('button', { name: 'Resume playback' }).click()
    await window.expectNowPlaying('Tone 0002')
  })

  test('does one operation with each step', async () => {
    await selectThread(panel, 'input')
    await panel.region.getByRole('button', { name: 'Pause input' }).click()
    await window.control('Next').click()
    const step = panel.region.getByRole('button', { name: 'Step input' })
    const rows: string[] = []
    for (let steps = 0; (await window.nowPlayingTitle()) === 'Tone 0001' && steps < 20; steps++) {
      await panel.expectThread('Player', 'input', { state: 'Runnable', waitingOn: /paused before/ })
      rows.push((await readWaitingOn(panel, 'input')).replace(/\s+/g, ' '))
      await step.click()
      await window.awaitFrames(3)
    }
    await window.expectNowPlaying('Tone 0002')
    expect(rows).toContain('Queue commands paused before put')
  })

  test('is resumed when the panel closes', async () => {
    await panel.region.getByRole('button', { name: 'Pause all' }).click()
    await expect(panel.region.getByRole('button', { name: 'Resume all' })).toBeVisible()
    await window.control('Next').click()
    await panel.close()
    await window.expectNowPlaying('Tone 0002')
  })

  test('can be ended, and its replacement is not paused', async () => {
    await selectThread(panel, 'playback')
    await panel.region.getByRole('button', { name: 'Pause playback' }).click()
    await window.control('Next').click()
    await panel.expectThread('Player', 'playback', { state: 'Runnable', waitingOn: /paused before/ })
    await panel.region.getByRole('button', { name: 'End thread' }).click()
    await expect(panel.rows('Player', 'playback')).toHaveCount(2)
    await expect.poll(() => window.nowPlayingTitle()).toMatch(/Tone 000[12]/)
    await window.row('Tone 0004').dblclick()
    await window.expectNowPlaying('Tone 0004')
  })

  test('can be slowed by mouse and keys, and still does its work', async () => {
    const menu = await panel.openPopover('More')
    const slider = menu.getByRole('slider', { name: 'Slow motion' })
    await slider.focus()
    await slider.press('End')
    await expect(slider).toHaveAttribute('aria-valuetext', '1000 times slower')
    await window.control('Next').click()
    await panel.expectThread('Player', 'input', { state: 'Runnable', waitingOn: /slowed ×1000 before/ })
    await panel.openPopover('More')
    await slider.press('Home')
    await expect(slider).toHaveAttribute('aria-valuetext', '1 times slower')
    await window.expectNowPlaying('Tone 0002')
  })

  test('cannot be main, and the panel shows why', async () => {
    await selectThread(panel, 'main')
    await expect(panel.region.getByText('main never blocks, so it cannot be paused.')).toBeVisible()
    await expect(panel.region.getByRole('button', { name: 'Pause main' })).toBeDisabled()
  })
})

test('pausing the host’s threads stops a scan, which then continues to its end', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeMixedLibrary(folder, 400)
  const skein = await openSkein({ folder })
  const window = new PlayerWindow(skein)
  const panel = new ThreadsPanel(skein.page)
  await window.expectTracks(400)
  await panel.open()
  await panel.expectThread('Host', 'scan-1', { state: 'Waiting', waitingOn: /^Queue files get$/ })
  await panel.region.getByRole('button', { name: 'Pause all' }).click()
  await expect(panel.region.getByRole('button', { name: 'Resume all' })).toBeVisible()
  makeMixedLibrary(join(folder, 'More'), 200)
  await window.button('Rescan').click()
  // A thread that has nothing to do yet waits, and does not reach an operation.
  await expect(panel.rows('Host', 'scan-\\d').filter({ hasText: 'paused before' })).not.toHaveCount(0)
  await window.expectTracks(400)
  await panel.region.getByRole('button', { name: 'Resume all' }).click()
  await window.expectTracks(600)
})

const selectThread = (panel: ThreadsPanel, name: string): Promise<void> =>
  panel.rows('Player', name).first().getByRole('gridcell').first().click()

const readWaitingOn = (panel: ThreadsPanel, name: string): Promise<string> =>
  panel.rows('Player', name).first().getByRole('gridcell').nth(2).innerText()
