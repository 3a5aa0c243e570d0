import { makeTones } from '../fixtures/make-libraries.ts'
import { LabPage } from './support/lab-page.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, type Skein, test } from './support/skein-fixture.ts'

test('every page of the Lab runs its threads to an outcome', { tag: '@host' }, async ({ openSkein }) => {
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
      // The run may end at any moment, which disables the buttons: click() does nothing then.
      for (const action of await actions.all()) await action.evaluate(press)
      // That has paused the model of the player.
      const play = actions.filter({ hasText: /^Play$/ })
      if (await play.isVisible()) await play.evaluate(press)
      expect(await lab.result()).not.toBe('')
    })
  }
})

test('interference step by step loses an update, and a replay loses it again', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.showListings('Both')
  await lab.setNumber('Additions per thread (live)', 1)
  await lab.control('Step').click()
  const expectActivity = (name: string, activity: string) => expect(lab.thread(name)).toContainText(activity)
  for (const name of ['adder-1', 'adder-2'])
    await expectActivity(name, 'is paused before its first operation')
  for (const operation of ['wait of Barrier start', 'read of Cell counter', 'write of Cell counter']) {
    await lab.control('Step').click()
    for (const name of ['adder-1', 'adder-2']) await expectActivity(name, `is paused before ${operation}`)
  }
  for (const name of ['adder-1', 'adder-2']) {
    await lab.expectLine(name, 'counter.value = sum')
    await lab.expectLine(name, 'counter = value', 'Python')
  }
  // Steps one thread by its own button: the other stays paused.
  await lab.stepOf('adder-2').click()
  await expectActivity('adder-2', 'has ended')
  await expectActivity('adder-1', 'is paused before write of Cell counter')
  await lab.stepOf('adder-1').click()
  const first = await lab.result()
  expect(first).toContain('1 update was lost')
  expect(await lab.fact('Found')).toBe('1')

  await lab.button('Run again in this order').click()
  await expect(lab.outcome).toContainText('Replayed all 8 operations of the previous run.')
  await expect(lab.outcome).toContainText('1 update was lost')
  expect(await lab.fact('Found')).toBe('1')
})

test('a replay of a live run loses the same updates', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.setNumber('Additions per thread (live)', 20)
  await setSlowMotion(lab, 10)
  await lab.run()
  await lab.result()
  const found = await lab.fact('Found')
  const lost = await lab.fact('Writes over a number the thread had not read')
  for (let time = 0; time < 2; time++) {
    await lab.button('Run again in this order').click()
    await expect(lab.outcome).toContainText(/Replayed all \d+ operations/, { timeout: 45_000 })
    await lab.result()
    expect(await lab.fact('Found')).toBe(found)
    expect(await lab.fact('Writes over a number the thread had not read')).toBe(lost)
  }
})

test('a run that was too fast to record cannot be replayed, and the page says so', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.run()
  await lab.result()
  await expect(lab.page.getByText('This run was too fast to record its complete order')).toBeVisible()
  await expect(lab.button('Run again in this order')).toBeHidden()
})

test('threads can be slowed down, paused, resumed and discarded', async ({ openSkein }) => {
  const lab = new LabPage((await openSkein()).page)
  await lab.open('Interference')
  await lab.setNumber('Additions per thread (live)', 1000)
  await setSlowMotion(lab, 1000)
  await lab.run()
  await expect(lab.thread('adder-1')).toContainText(/is slowed down before (read|write) of Cell counter/)
  await lab.control('Pause all').click()
  await expect(lab.outcome).toHaveText('All threads are paused.')
  await expect(lab.thread('adder-1')).toContainText(/is paused before (read|write) of Cell counter/)
  await expect(lab.thread('adder-2')).toContainText(/is paused before (read|write) of Cell counter/)
  await setSlowMotion(lab, 1)
  await lab.control('Resume all').click()
  expect(await lab.result()).toContain('expected 2,000')

  await setSlowMotion(lab, 1000)
  await lab.run()
  await expect(lab.thread('adder-1')).toContainText('is slowed down')
  await lab.control('Reset').click()
  await expect(lab.outcome).toContainText('Nothing has run yet')
  await expect(lab.threads).toHaveCount(0)
  await expect(lab.threadStates.getByRole('row')).toHaveCount(2)
})

test('the Lab has its own process, whose errors and end do not affect the music', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
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
  await lab.button('Break the deadlock').click()
  await expect(lab.outcome).toContainText(/Ended .* and freed what it held\./)
  await expect(lab.button('Break the deadlock')).toBeHidden()
  await window.expectMoving()

  await lab.run()
  await lab.result()
  await window.show('Library')
  await expect.poll(() => skein.page.frames().length).toBe(1)
  await window.expectMoving()
  await window.expectNowPlaying('Tone 0001')
})

test('a link restores a page and its setup', async ({ openSkein }) => {
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
  await expect(page.getByRole('status', { name: 'Link' })).toHaveText('Link copied.')

  await page.getByRole('link', { name: 'Library' }).click()
  await expect.poll(() => lab.link()).toBe('#library/tracks')
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
    await expect(lab.slowMotion).toHaveAttribute('aria-valuetext', '100 times slower')
  }
  await expectRestored()

  // A link also works at the start, and while the window shows something else.
  await page.reload()
  await expectRestored()
  await page.getByRole('link', { name: 'Library' }).click()
  await expect.poll(() => lab.link()).toBe('#library/tracks')
  await page.evaluate((hash) => {
    location.hash = hash
  }, link)
  await expectRestored()
})

test('an invalid link gives a warning', async ({ openSkein }) => {
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
  await expect(page.getByText('The Lab has no page “nowhere”. Showing the first page instead.')).toBeVisible()
  await open('#lab/interference?threads=99&lock=maybe&speed=0&x=1')
  await lab.expectPage('Interference')
  await expect(
    page.getByText('The link’s value for “Threads” is not allowed. Using 2 instead.'),
  ).toBeVisible()
  await expect(page.getByText('The link’s value for “Lock” is not allowed. Using off instead.')).toBeVisible()
  await expect(page.getByText('The link’s speed is not allowed')).toBeVisible()
  await expect(page.getByRole('spinbutton', { name: 'Threads' })).toHaveValue('2')
  await open('https://example.org/')
  await expect(page.getByRole('status', { name: 'Link' })).toContainText('This is not a link to the Lab')
})

test('a process that could not start can be started again', async ({ openSkein, host }) => {
  test.skip(host === 'electron', 'requests of the application’s own scheme cannot be intercepted')
  const { page } = await openSkein()
  await page.route('**/lab/process.html', (route) => route.abort())
  const lab = new LabPage(page)
  await lab.open('Interference')
  await expect(lab.outcome).toContainText('The Lab’s process could not start')
  await page.unroute('**/lab/process.html')
  await lab.button('Try again').click()
  await expect(lab.outcome).toContainText('Nothing has run yet')
})

const press = (button: HTMLElement | SVGElement): void => (button as HTMLElement).click()

/** Moves the slider by the keyboard. */
async function setSlowMotion(lab: LabPage, factor: number): Promise<void> {
  const slider = lab.slowMotion
  await slider.press('Home')
  const text = factor === 1 ? 'Full speed' : `${factor} times slower`
  for (let left = 10; left > 0 && (await slider.getAttribute('aria-valuetext')) !== text; left--)
    await slider.press('ArrowRight')
  await expect(slider).toHaveAttribute('aria-valuetext', text)
}

function findLabFrame({ page }: Pick<Skein, 'page'>) {
  const frame = page.frames().find((candidate) => candidate.url().endsWith('/lab/process.html'))
  if (frame === undefined) throw new Error('the Lab shows no frame')
  return frame
}
