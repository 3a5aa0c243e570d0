import { makeTones } from '../../fixtures/make-libraries.ts'
import { expect, type OpenSkein, type Skein } from './skein-fixture.ts'
import { installSoundProbe } from './sound-probe.ts'
import { ThreadsPanel } from './threads-panel.ts'
import { trackRow } from './tone-library.ts'

export interface SkeinWithPanel extends Skein {
  readonly panel: ThreadsPanel
}

/** Opens Skein with songs longer than any test, none of which plays. The panel is closed. */
export async function openSongs(
  openSkein: OpenSkein,
  folder: string,
  { count = 4, seconds = 120 } = {},
): Promise<SkeinWithPanel> {
  makeTones(folder, { count, seconds })
  const skein = await openSkein({ folder })
  await installSoundProbe(skein.page)
  await expect(trackRow(skein.page, `Tone ${String(count).padStart(4, '0')}`)).toBeVisible()
  return { ...skein, panel: new ThreadsPanel(skein.page) }
}

/** Opens Skein with songs and the Threads panel. */
export async function openPanel(openSkein: OpenSkein, folder: string): Promise<SkeinWithPanel> {
  const skein = await openSongs(openSkein, folder)
  await skein.panel.open()
  return skein
}
