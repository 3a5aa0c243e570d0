import type { Theme } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { setTheme } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { SegmentedChoice } from '../ui/fields/segmented-choice.tsx'

const themes: readonly { readonly value: Theme; readonly name: () => string }[] = [
  { value: 'system', name: m.settings_theme_system },
  { value: 'light', name: m.settings_theme_light },
  { value: 'dark', name: m.settings_theme_dark },
]

export function ThemeChoice() {
  const chosen = useWindow((state) => state.theme)
  return <SegmentedChoice label={m.settings_theme()} value={chosen} choices={themes} onChange={setTheme} />
}
