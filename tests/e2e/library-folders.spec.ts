import { mkdirSync, renameSync, rmSync } from 'node:fs'
import { basename, join } from 'node:path'
import type { Locator } from '@playwright/test'
import { makeTones } from '../fixtures/make-libraries.ts'
import { emulateScheme, expectAccessible } from './support/accessibility.ts'
import { answerFolderDialog, PlayerWindow } from './support/player-window.ts'
import { expect, type Skein, test } from './support/skein-fixture.ts'

/** Settings → Library. */
class LibrarySettings extends PlayerWindow {
  readonly folders: Locator
  readonly dialog: Locator
  readonly #skein: Skein

  constructor(skein: Skein) {
    super(skein)
    this.#skein = skein
    this.folders = this.page.getByRole('list', { name: 'Folders of the library' })
    this.dialog = this.page.getByRole('dialog')
  }

  folder(path: string): Locator {
    return this.folders.getByRole('listitem').filter({ has: this.page.getByText(path, { exact: true }) })
  }

  /** Adds a folder that is directly in the user's home. */
  async add(home: string, name: string): Promise<void> {
    await answerFolderDialog(this.#skein.application, join(home, name))
    await this.button('Add folder…').press('Enter')
    if (this.#skein.kind === 'electron') return
    await this.goInto(name)
    await this.button('Add this folder').press('Enter')
    await expect(this.dialog).toBeHidden()
  }

  /** Enters a folder in the window's own folder dialog, by keyboard. */
  async goInto(name: string): Promise<void> {
    const option = this.dialog.getByRole('option', { name })
    await expect(option).toBeVisible()
    await option.focus()
    await this.page.keyboard.press('Enter')
    await expect(this.dialog.getByText(new RegExp(`${name}$`))).toBeVisible()
    // The list of the folder takes the focus.
    await expect(this.dialog.locator('[role=listbox]:focus, [role=option]:focus')).toBeVisible()
  }
}

test('folders are added, left out, included and removed by keyboard, and the library follows', {
  tag: '@host',
}, async ({ openSkein, temporaryFolder }) => {
  const home = temporaryFolder('home')
  const [music, more] = [join(home, 'Music'), join(home, 'More')]
  makeTones(music, { count: 2 })
  makeTones(join(music, 'Spoken'), { count: 3 })
  makeTones(more, { count: 4 })
  const window = new LibrarySettings(await openSkein({ folder: music, home }))
  await window.expectTracks(5)
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('Music')
  await window.show('Settings')
  await expect(window.folder(music)).toContainText('5 tracks · watched for changes')

  await window.add(home, 'More')
  await expect(window.folder(more)).toContainText('4 tracks')
  await expect(window.button('Add folder…')).toBeFocused()
  await window.show('Library')
  await window.expectTracks(9)
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('Library')
  // To open another folder would close the two.
  await window.button('Folders…').click()

  await window.button('Leave out… a folder in Music').press('Enter')
  await expect(window.dialog).toContainText(music)
  await expect(window.button('Leave out this folder')).toBeDisabled()
  await expect(window.button('Parent folder')).toBeDisabled()
  await window.goInto('Spoken')
  await window.button('Leave out this folder').press('Enter')
  await expect(window.dialog).toBeHidden()
  await expect(window.folder(music)).toContainText('2 tracks')
  const leftOut = window.page.getByRole('list', { name: 'Left out of Music' })
  await expect(leftOut).toContainText('Spoken')

  await window.button('Include Spoken').press('Enter')
  await expect(window.folder(music)).toContainText('5 tracks')
  await expect(leftOut).toBeHidden()
  await expect(window.button('Leave out… a folder in Music')).toBeFocused()

  await window.button('Remove Music').press('Enter')
  await expect(window.folder(music)).toBeHidden()
  await expect(window.button('Add folder…')).toBeFocused()
  await window.show('Library')
  await window.expectTracks(4)
  await expect(window.page.getByRole('heading', { level: 1 })).toHaveText('More')
})

test('Settings says which tracks are unavailable and why, and the scan is controlled there', async ({
  openSkein,
  temporaryFolder,
}) => {
  const home = temporaryFolder('home')
  const [music, disk] = [join(home, 'Music'), join(home, 'Disk')]
  const tones = makeTones(music, { count: 2 })
  makeTones(disk, { count: 3 })
  const window = new LibrarySettings(await openSkein({ folder: music, home }))
  await window.expectTracks(2)
  await window.show('Settings')
  await window.add(home, 'Disk')
  await expect(window.folder(disk)).toContainText('3 tracks')

  rmSync(join(music, tones[0]?.path ?? ''))
  renameSync(disk, `${disk} away`)
  await window.button('Rescan').press('Enter')
  await expect(window.button('Rescan')).toBeFocused()
  await expect(window.folder(music)).toContainText('1 track is unavailable: its file is missing.')
  await expect(window.folder(disk)).toContainText('This folder is not there: its disk may not be connected.')
  renameSync(`${disk} away`, disk)
  await expect(window.folder(disk)).not.toContainText('not there')
  await expect(window.folder(disk)).toContainText('3 tracks')
})

for (const colorScheme of ['dark', 'light'] as const)
  for (const [width, height] of [
    [1280, 800],
    [720, 480],
  ] as const)
    test(`Settings → Library has no accessibility violation, ${colorScheme}, ${width} × ${height}`, async ({
      openSkein,
      temporaryFolder,
    }) => {
      const home = temporaryFolder('home')
      const music = join(home, 'Music')
      makeTones(music, { count: 2 })
      makeTones(join(music, 'Spoken'), { count: 1 })
      mkdirSync(join(home, 'A folder with a rather long name, which does not fit in a small window at all'))
      const window = new LibrarySettings(await openSkein({ folder: music, home }))
      const { page } = window
      await page.setViewportSize({ width, height })
      await emulateScheme(page, colorScheme)
      await window.expectTracks(3)
      await window.show('Settings')
      await window.add(
        home,
        basename('A folder with a rather long name, which does not fit in a small window at all'),
      )
      await window.button('Leave out… a folder in Music').click()
      await expectAccessible(page)
      await window.goInto('Spoken')
      await window.button('Leave out this folder').click()
      await expect(page.getByRole('list', { name: 'Left out of Music' })).toBeVisible()
      await expectAccessible(page)
    })
