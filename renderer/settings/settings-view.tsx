import { type ReactNode, useId } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { AboutSection } from './about-section.tsx'
import { LibrarySettings } from './library/library-settings.tsx'
import styles from './settings-view.module.css'
import { ShortcutList } from './shortcut-list.tsx'
import { SoundSection } from './sound/sound-section.tsx'
import { ThemeChoice } from './theme-choice.tsx'

export function SettingsView() {
  return (
    <div className={styles.scroller}>
      <h1 className={styles.title}>{m.common_settings()}</h1>
      <Section name={m.settings_appearance()}>
        <ThemeChoice />
      </Section>
      <Section name={m.common_library()}>
        <LibrarySettings />
      </Section>
      <Section name={m.settings_sound()}>
        <SoundSection />
      </Section>
      <Section name={m.settings_keyboard()}>
        <ShortcutList />
      </Section>
      <Section name={m.settings_about()}>
        <AboutSection />
      </Section>
    </div>
  )
}

function Section({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  const heading = useId()
  return (
    <section className={styles.section} aria-labelledby={heading}>
      <h2 id={heading}>{name}</h2>
      <div>{children}</div>
    </section>
  )
}
