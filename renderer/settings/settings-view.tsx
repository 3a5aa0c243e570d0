import { type ReactNode, useId } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { chooseFolder } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { AboutSection } from './about-section.tsx'
import styles from './settings-view.module.css'
import { ShortcutList } from './shortcut-list.tsx'
import { ThemeChoice } from './theme-choice.tsx'

export function SettingsView() {
  return (
    <div className={styles.scroller}>
      <h1 className={styles.title}>{m.common_settings()}</h1>
      <Section name={m.settings_appearance()}>
        <ThemeChoice />
      </Section>
      <Section name={m.settings_music_folder()}>
        <MusicFolder />
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

function MusicFolder() {
  const host = useHost()
  const folder = useWindow((state) => (state.isDemo ? m.common_demo_album() : state.folder))
  return (
    <div className={styles.folder}>
      <p className={styles.folderName} title={folder}>
        {folder ?? m.settings_none_yet()}
      </p>
      <Button onClick={() => chooseFolder(host)}>
        {folder === undefined ? m.common_choose_folder() : m.settings_change()}
      </Button>
    </div>
  )
}
