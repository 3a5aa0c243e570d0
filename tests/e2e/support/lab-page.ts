import { expect, type Locator, type Page } from '@playwright/test'

/** Finds the parts of the Lab as a user does: by their roles, names and texts. */
export class LabPage {
  readonly page: Page
  readonly pages: Locator
  readonly outcome: Locator
  readonly threads: Locator
  readonly program: Locator
  readonly threadStates: Locator
  readonly runBar: Locator
  readonly slowMotion: Locator

  constructor(page: Page) {
    this.page = page
    this.pages = page.getByRole('navigation', { name: 'Pages of the Lab' })
    this.outcome = page.getByRole('status', { name: 'Outcome' })
    this.threads = page.getByRole('list', { name: 'Threads of this run' }).getByRole('listitem')
    this.runBar = page.getByRole('region', { name: 'Run', exact: true })
    this.slowMotion = this.runBar.getByRole('slider', { name: 'Slow motion' })
    this.program = page.getByRole('region', { name: 'Program', exact: true })
    this.threadStates = page.getByRole('region', { name: 'Threads of the Lab' }).getByRole('grid')
  }

  /** Shows the Lab, and the page with this title. */
  async open(title?: string): Promise<void> {
    await this.page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Lab' }).click()
    if (title === undefined) return
    await this.pages.getByTitle(title, { exact: true }).click()
    await this.expectPage(title)
  }

  async expectPage(title: string): Promise<void> {
    await expect(this.page.getByRole('heading', { level: 1 })).toHaveText(title)
  }

  async titles(): Promise<string[]> {
    await expect(this.pages).toBeVisible()
    const links = await this.pages.getByRole('link').all()
    return await Promise.all(links.map(async (link) => (await link.getAttribute('title')) ?? ''))
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true })
  }

  /** A button that controls all threads. */
  control(name: 'Run' | 'Pause all' | 'Resume all' | 'Step' | 'Reset'): Locator {
    return this.runBar.getByRole('button', { name, exact: true })
  }

  stepOf(thread: string): Locator {
    return this.program.getByRole('button', { name: `Step ${thread}`, exact: true })
  }

  thread(name: string): Locator {
    return this.threads.filter({ has: this.page.getByText(name, { exact: true }) })
  }

  async run(): Promise<void> {
    await this.control('Run').click()
  }

  /** Returns the value of a fact of the outcome. */
  async fact(name: string): Promise<string> {
    const facts = this.outcome.locator('dl > div')
    return await facts
      .filter({ has: this.page.getByText(name, { exact: true }) })
      .locator('dd')
      .innerText()
  }

  /** Returns the text of the outcome, once the run is over. */
  async result(): Promise<string> {
    await expect(this.outcome.locator('dl')).toBeVisible({ timeout: 45_000 })
    return await this.outcome.innerText()
  }

  async setNumber(label: string, value: number): Promise<void> {
    const field = this.page.getByRole('spinbutton', { name: label, exact: true })
    await field.fill(String(value))
    await field.press('Enter')
  }

  /** Returns the line that a thread is on, as the listing marks it. */
  async currentLine(
    thread: string,
    language: 'TypeScript' | 'Python' = 'TypeScript',
  ): Promise<string | undefined> {
    const listing = this.program.getByRole('region', { name: `Program in ${language}` })
    const line = listing.locator('code', { has: this.page.getByText(thread, { exact: true }) })
    return (await line.count()) === 0 ? undefined : (await line.locator('span').nth(1).innerText()).trim()
  }

  async expectLine(thread: string, line: string, language?: 'TypeScript' | 'Python'): Promise<void> {
    await expect.poll(() => this.currentLine(thread, language)).toBe(line)
  }

  async showListings(name: 'TypeScript' | 'Python' | 'Both'): Promise<void> {
    await this.program.getByRole('radio', { name }).check()
  }

  /** Returns the part of the window's address that is the link to the Lab. */
  link(): string {
    return new URL(this.page.url()).hash
  }
}
