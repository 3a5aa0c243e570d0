import { Radio, RadioGroup } from 'react-aria-components'
import type { Theme } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { setTheme } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import styles from './theme-choice.module.css'

const themes: readonly { readonly theme: Theme; readonly name: () => string }[] = [
  { theme: 'system', name: m.settings_theme_system },
  { theme: 'light', name: m.settings_theme_light },
  { theme: 'dark', name: m.settings_theme_dark },
]

export function ThemeChoice() {
  const chosen = useWindow((state) => state.theme)
  const choose = (value: string) => {
    const known = themes.find(({ theme }) => theme === value)
    if (known) setTheme(known.theme)
  }
  return (
    <RadioGroup
      className={styles.group ?? ''}
      aria-label={m.settings_theme()}
      orientation="horizontal"
      value={chosen}
      onChange={choose}
    >
      {themes.map(({ theme, name }) => (
        <Radio key={theme} className={styles.choice ?? ''} value={theme}>
          {name()}
        </Radio>
      ))}
    </RadioGroup>
  )
}
