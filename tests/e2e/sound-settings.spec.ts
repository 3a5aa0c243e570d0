import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Locator, Page } from '@playwright/test'
import { fixturesFolder } from '../fixtures/fixture-files.ts'
import { PlayerWindow } from './support/player-window.ts'
import { expect, test } from './support/skein-fixture.ts'

const folder = join(fixturesFolder, 'tones')

/** The part of the settings about sound. */
class SoundSettings {
  readonly #region: Locator

  private constructor(page: Page) {
    this.#region = page.getByRole('region', { name: 'Sound' })
  }

  static async show(page: Page): Promise<SoundSettings> {
    await new PlayerWindow({ page }).show('Settings')
    return new SoundSettings(page)
  }

  slider = (name: string): Locator => this.#region.getByRole('slider', { name, exact: true })
  toggle = (name: string): Locator => this.#region.getByRole('switch', { name, exact: true })
  button = (name: string): Locator => this.#region.getByRole('button', { name, exact: true })
  select = (name: string): Locator => this.#region.getByRole('combobox', { name, exact: true })
  text = (text: string): Locator => this.#region.getByText(text, { exact: true })
}

test('the sound is set by keyboard alone, and is the same at the next start', { tag: '@host' }, async ({
  openSkein,
  temporaryFolder,
}) => {
  const dataFolder = temporaryFolder('data')
  const first = await openSkein({ folder, dataFolder })
  const { keyboard } = first.page
  const sound = await SoundSettings.show(first.page)
  await sound.toggle('Use the equaliser').focus()
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await expect(sound.select('Preset')).toBeFocused()
  await keyboard.press('ArrowDown')
  await expect(sound.slider('31 Hz')).toHaveValue('6')
  await keyboard.press('Tab')
  await expect(sound.slider('31 Hz')).toBeFocused()
  await keyboard.press('ArrowUp')
  await expect(sound.slider('31 Hz')).toHaveAttribute('aria-valuetext', '+6.5 dB')
  await sound.toggle('Mono: both channels play the same').focus()
  await keyboard.press('Space')
  await keyboard.press('Tab')
  await expect(sound.slider('Balance')).toBeFocused()
  await keyboard.press('ArrowLeft')
  await keyboard.press('ArrowLeft')
  await expect(sound.slider('Balance')).toHaveAttribute('aria-valuetext', '10% left')
  // Settings are saved a moment after the last change.
  const saved = () => readFileSync(join(dataFolder, 'settings.json'), 'utf8')
  await expect.poll(saved).toContain('"balance": -0.1')
  await first.close()

  const second = await openSkein({ folder, dataFolder })
  const restored = await SoundSettings.show(second.page)
  await expect(restored.slider('31 Hz')).toHaveAttribute('aria-valuetext', '+6.5 dB')
  await expect(restored.toggle('Use the equaliser')).toBeChecked()
  await expect(restored.toggle('Mono: both channels play the same')).toBeChecked()
  await expect(restored.slider('Balance')).toHaveAttribute('aria-valuetext', '10% left')
})

test('presets of the equaliser are saved, renamed and deleted', async ({ openSkein }) => {
  const { page } = await openSkein({ folder })
  const sound = await SoundSettings.show(page)
  await sound.toggle('Use the equaliser').focus()
  await page.keyboard.press('Space')
  await expect(sound.select('Preset')).toHaveValue('built-in:flat')
  await sound.slider('1 kHz').press('ArrowDown')
  await expect(sound.select('Preset')).toHaveValue('custom')

  await sound.button('Save as a preset…').click()
  const name = page.getByRole('dialog').getByRole('textbox', { name: 'Name' })
  await expect(name).toBeFocused()
  await page.keyboard.type('Evening')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog')).toBeHidden()
  await expect(sound.select('Preset')).toHaveValue('own:Evening')

  await sound.select('Preset').selectOption('Flat')
  await expect(sound.slider('1 kHz')).toHaveAttribute('aria-valuetext', '0.0 dB')
  await sound.select('Preset').selectOption('Evening')
  await expect(sound.slider('1 kHz')).toHaveAttribute('aria-valuetext', '−0.5 dB')

  await sound.button('Rename the preset').click()
  await expect(name).toHaveValue('Evening')
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.type('Night')
  await page.keyboard.press('Enter')
  await expect(sound.select('Preset')).toHaveValue('own:Night')

  await sound.button('Delete the preset').click()
  await expect(sound.select('Preset')).toHaveValue('custom')
  await expect(sound.slider('1 kHz')).toHaveAttribute('aria-valuetext', '−0.5 dB')
})
