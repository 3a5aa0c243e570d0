import { makeTones } from '../fixtures/make-libraries.ts'
import { LabPage } from './support/lab-page.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, type Skein, test } from './support/skein-fixture.ts'

test('every page of the Lab runs its threads to an outcome', async ({ openSkein }) => {
  test.slow()
  const lab = new LabPage((await openSkein()).page)
  await lab.open()
  const titles = await lab.titles()
  expect(titles.length).toBeGreaterThan(0)
  for (const title of titles) {
    await test.step(title, async () => {
      await lab.open(title)
      await lab.run()
      await expect(lab.threads.first()).toBeVisible()
      const actions = lab.page.getByRole('group', { name: 'While it runs' }).getByRole('button')
      for (const action of await actions.all()) if (await action.isEnabled()) await action.click()
      // The model of the player was paused by that.
      const play = actions.filter({ hasText: /^Play$/ })
      if (await play.isVisible()) await play.click()
      expect(await lab.result()).not.toBe('')
    })
  }
})

test('interference step by step shows the update that is lost, and the same order loses it again', async ({
  openSkein,
}) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.showListings('Both')
  await lab.setNumber('Additions of each, live', 1)
  await lab.control('Step').click()
  const doing = (name: string, words: string) => expect(lab.thread(name)).toContainText(words)
  for (const name of ['adder-1', 'adder-2']) await doing(name, 'stands before its first step')
  for (const words of ['wait of Barrier start', 'read of Cell counter', 'write of Cell counter']) {
    await lab.control('Step').click()
    for (const name of ['adder-1', 'adder-2']) await doing(name, `stands before ${words}`)
  }
  for (const name of ['adder-1', 'adder-2']) {
    await lab.expectLine(name, 'counter.value = sum')
    await lab.expectLine(name, 'counter = value', 'Python')
  }
  // One by its own button: the other still stands.
  await lab.stepOf('adder-2').click()
  await doing('adder-2', 'has ended')
  await doing('adder-1', 'stands before write of Cell counter')
  await lab.stepOf('adder-1').click()
  const first = await lab.result()
  expect(first).toContain('1 update was lost')
  expect(await lab.fact('Found')).toBe('1')

  await lab.button('Run again in this order').click()
  await expect(lab.outcome).toContainText('It followed the order of the run before, all 8 operations.')
  await expect(lab.outcome).toContainText('1 update was lost')
  expect(await lab.fact('Found')).toBe('1')
})

test('a live run that lost updates loses the same ones in the same order', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.setNumber('Additions of each, live', 20)
  await setSlowMotion(lab, 10)
  await lab.run()
  await lab.result()
  const found = await lab.fact('Found')
  const lost = await lab.fact('Writes over a number that the thread had not seen')
  for (let time = 0; time < 2; time++) {
    await lab.button('Run again in this order').click()
    await expect(lab.outcome).toContainText('It followed the order of the run before', { timeout: 45_000 })
    await lab.result()
    expect(await lab.fact('Found')).toBe(found)
    expect(await lab.fact('Writes over a number that the thread had not seen')).toBe(lost)
  }
})

test('a run too fast to be recorded whole says so', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.run()
  await lab.result()
  await expect(lab.page.getByText('This run was too fast for its order to be recorded whole')).toBeVisible()
  await expect(lab.button('Run again in this order')).toBeHidden()
})

test('threads are slowed, paused, let go on, and thrown away', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.setNumber('Additions of each, live', 1000)
  await setSlowMotion(lab, 1000)
  await lab.run()
  await expect(lab.thread('adder-1')).toContainText(/comes slowly to (read|write) of Cell counter/)
  await lab.control('Pause all').click()
  await expect(lab.outcome).toHaveText('All threads are paused.')
  await expect(lab.thread('adder-1')).toContainText(/stands before (read|write) of Cell counter/)
  await expect(lab.thread('adder-2')).toContainText(/stands before (read|write) of Cell counter/)
  await setSlowMotion(lab, 1)
  await lab.control('Go on').click()
  expect(await lab.result()).toContain('expected 2,000')

  await setSlowMotion(lab, 1000)
  await lab.run()
  await expect(lab.thread('adder-1')).toContainText('comes slowly')
  await lab.control('Reset').click()
  await expect(lab.outcome).toContainText('Nothing has run yet')
  await expect(lab.threads).toHaveCount(0)
  await expect(lab.threadStates.getByRole('row')).toHaveCount(2)
})

test('the Lab has a process of its own, whose end and faults leave the music alone', async ({
  openSkein,
  temporaryFolder,
}) => {
  const folder = temporaryFolder('music')
  makeTones(folder, { count: 3, seconds: 60 })
  const skein = await openSkein({ folder })
  const window = new PlayerWindow(skein)
  await window.row('Tone 0001').dblclick()
  await window.expectMoving()
  const lab = new LabPage(skein.page)
  await lab.open('Deadlock')
  const isIsolated = () =>
    findLabFrame(skein).evaluate(() => [crossOriginIsolated, globalThis.window.lab !== undefined])
  await expect.poll(isIsolated).toEqual([true, true])
  await lab.run()
  expect(await lab.result()).toMatch(/deadlock|wait/i)
  await window.expectMoving()
  await lab.button('Break it').click()
  await expect(lab.outcome).toContainText('was ended, and what it held is free.')
  await expect(lab.button('Break it')).toBeHidden()
  await window.expectMoving()

  await lab.run()
  await lab.result()
  await window.show('Library')
  await expect.poll(() => skein.page.frames().length).toBe(1)
  await window.expectMoving()
  await window.expectNowPlaying('Tone 0001')
})

test('a link restores a page as it was set', async ({ openSkein }) => {
  const { page, kind } = await openSkein()
  const lab = new LabPage(page)
  await lab.open('Interference')
  await lab.setNumber('Threads', 3)
  await page.getByRole('checkbox', { name: 'Lock' }).check()
  await setSlowMotion(lab, 100)
  await expect.poll(() => lab.link()).toMatch(/^#lab\/interference\?.*lock=on.*threads=3.*speed=100$/)
  const link = lab.link()
  if (kind === 'web') await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await lab.button('Copy link').click()
  await expect(page.getByRole('status', { name: 'Link' })).toHaveText('The link is copied.')

  await page.getByRole('link', { name: 'Library' }).click()
  await expect.poll(() => lab.link()).toBe('')
  await lab.open()
  await expect.poll(() => lab.link()).toBe(link)

  await lab.open('Creating and joining')
  await setSlowMotion(lab, 1)
  await page.getByRole('textbox', { name: 'Open link' }).fill(link)
  await lab.button('Open').click()
  const expectRestored = async () => {
    await lab.expectPage('Interference')
    await expect(page.getByRole('spinbutton', { name: 'Threads' })).toHaveValue('3')
    await expect(page.getByRole('checkbox', { name: 'Lock' })).toBeChecked()
    await expect(lab.slowMotion).toHaveAttribute('aria-valuetext', '100 times as slow')
  }
  await expectRestored()

  // Opened at the start, and while the window shows something else.
  await page.reload()
  await expectRestored()
  await page.getByRole('link', { name: 'Library' }).click()
  await expect.poll(() => lab.link()).toBe('')
  await page.evaluate((hash) => {
    location.hash = hash
  }, link)
  await expectRestored()
})

test('a link that asks for what is not there says so', async ({ openSkein }) => {
  const { page } = await openSkein()
  const lab = new LabPage(page)
  await lab.open()
  const [firstTitle = ''] = await lab.titles()
  const open = async (link: string) => {
    await page.getByRole('textbox', { name: 'Open link' }).fill(link)
    await lab.button('Open').click()
  }
  await open('#lab/nowhere?threads=2')
  await lab.expectPage(firstTitle)
  await expect(page.getByText('The Lab has no page “nowhere”, so this is its first.')).toBeVisible()
  await open('#lab/interference?threads=99&lock=maybe&speed=0&x=1')
  await lab.expectPage('Interference')
  await expect(page.getByText('The link’s value for “Threads” is not possible, so it is 2.')).toBeVisible()
  await expect(page.getByText('The link’s value for “Lock” is not possible, so it is off.')).toBeVisible()
  await expect(page.getByText('The link’s speed is not possible')).toBeVisible()
  await expect(page.getByRole('spinbutton', { name: 'Threads' })).toHaveValue('2')
  await open('https://example.org/')
  await expect(page.getByRole('status', { name: 'Link' })).toContainText('This is no link to the Lab')
})

test('a process that cannot start says so, and can be tried again', async ({ openSkein, host }) => {
  test.skip(host === 'electron', 'nothing can stand between the window and its own scheme')
  const { page } = await openSkein()
  await page.route('**/lab/process.html', (route) => route.abort())
  const lab = new LabPage(page)
  await lab.open('Interference')
  await expect(lab.outcome).toContainText('The Lab’s process could not start')
  await page.unroute('**/lab/process.html')
  await lab.button('Try again').click()
  await expect(lab.outcome).toContainText('Nothing has run yet')
})

/** Moves the slider as a keyboard does. */
async function setSlowMotion(lab: LabPage, factor: number): Promise<void> {
  const slider = lab.slowMotion
  await slider.press('Home')
  const words = factor === 1 ? 'full speed' : `${factor} times as slow`
  for (let left = 10; left > 0 && (await slider.getAttribute('aria-valuetext')) !== words; left--)
    await slider.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', words)
}

function findLabFrame({ page }: Pick<Skein, 'page'>) {
  const frame = page.frames().find((one) => one.url().endsWith('/lab/process.html'))
  if (frame === undefined) throw new Error('the Lab shows no frame')
  return frame
}
