import { expect, type Locator, type Page } from '@playwright/test'

/** The expected cells of a row of the grid `Thread states`. */
export interface ExpectedThread {
  readonly state: string
  /** The text of the cell `Waiting on`, or its beginning: the object's kind and name. */
  readonly waitingOn: string | RegExp
}

export type ProcessName = 'Player' | 'Host'

/** Finds the parts of the Threads panel as a user does: by their roles, names and texts. */
export class ThreadsPanel {
  readonly region: Locator
  readonly grid: Locator
  readonly canvas: Locator
  readonly #page: Page

  constructor(page: Page) {
    this.#page = page
    this.region = page.getByRole('region', { name: 'Threads', exact: true })
    this.grid = this.region.getByRole('grid', { name: 'Thread states' })
    this.canvas = this.region.getByRole('img', { name: /The states of each thread/ })
  }

  async open(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Threads', exact: true }).click()
    await expect(this.grid).toBeVisible()
  }

  async close(): Promise<void> {
    await this.region.getByRole('button', { name: 'Close threads' }).click()
    await expect(this.region).toBeHidden()
  }

  /** Opens the menu of the toolbar, or the popover with the filters. */
  async openPopover(name: 'More' | 'Filters'): Promise<Locator> {
    const popover = this.region.getByRole('dialog', { name })
    if (!(await popover.isVisible())) await this.region.getByRole('button', { name, exact: true }).click()
    await expect(popover).toBeVisible()
    return popover
  }

  /** Clicks an item of the toolbar's menu. */
  async chooseFromMenu(name: string): Promise<void> {
    const menu = await this.openPopover('More')
    await menu.getByRole('button', { name, exact: true }).click()
  }

  /** The rows of all threads with this name, the newest first. */
  rows(process: ProcessName, name: string): Locator {
    const first = this.#page.locator('td:first-child', { hasText: new RegExp(`^${name}$`) })
    return this.grid.getByRole('rowgroup', { name: process }).getByRole('row').filter({ has: first })
  }

  async expectThread(process: ProcessName, name: string, expected: ExpectedThread, index = 0): Promise<void> {
    const cells = this.rows(process, name).nth(index).getByRole('gridcell')
    await expect(cells.nth(1)).toHaveText(expected.state)
    await expect(cells.nth(2)).toHaveText(expected.waitingOn)
  }

  /** Returns how many milliseconds a thread has been in its state, as its row shows it. */
  async readSince(process: ProcessName, name: string): Promise<number> {
    const text = await this.rows(process, name).first().getByRole('gridcell').nth(4).innerText()
    return parseDuration(text)
  }

  /** Expects the value of an object, such as `Queue commands`, in the table of objects. */
  async expectObject(process: ProcessName, label: string, value: string | RegExp): Promise<void> {
    await expect(this.objectValue(process, label)).toHaveText(value)
  }

  objectValue(process: ProcessName, label: string): Locator {
    return this.region
      .getByRole('table', { name: 'Objects' })
      .getByRole('rowgroup')
      .filter({ has: this.#page.getByRole('rowheader', { name: process, exact: true }) })
      .getByRole('row')
      .filter({ has: this.#page.getByRole('rowheader', { name: label, exact: true }) })
      .getByRole('cell')
      .first()
  }

  /** Ends a thread by the button in its details. */
  async endThread(name: string): Promise<void> {
    await this.rows('Player', name).first().getByRole('gridcell').first().click()
    const details = this.region.getByRole('region', { name: `Thread ${name}` })
    await details.getByRole('button', { name: 'End thread' }).click()
  }

  /** Returns the picture of the lanes, to check whether it changes. */
  async captureCanvas(): Promise<string> {
    return await this.canvas.evaluate((canvas: HTMLCanvasElement) => canvas.toDataURL())
  }
}

/** Reads `38 ms`, `3.4 s`, `2 min 05 s`. */
function parseDuration(text: string): number {
  const units: Record<string, number> = { ms: 1, s: 1_000, min: 60_000, h: 3_600_000 }
  const parts = [...text.matchAll(/([\d.]+) (ms|s|min|h)\b/g)]
  expect(parts.length, `"${text}" is a duration`).toBeGreaterThan(0)
  return parts.reduce((sum, [, number, unit]) => sum + Number(number) * (units[unit ?? ''] ?? 0), 0)
}
