import type { ReactNode } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useWindow } from '../../store/window-store.ts'
import { ChannelSettings } from './channel-settings.tsx'
import { EqualizerSettings } from './equalizer-settings.tsx'
import { LoudnessSettings } from './loudness-settings.tsx'
import { OutputSettings } from './output-settings.tsx'
import styles from './sound-section.module.css'
import { TransitionSettings } from './transition-settings.tsx'

/** How songs sound, and what plays them. A media element alone cannot follow the settings: there they are left out. */
export function SoundSection() {
  const hasEngine = useWindow(
    ({ soundOutput }) => soundOutput?.kind !== 'element' || soundOutput.reason !== 'unsupported',
  )
  return (
    <div className={styles.groups}>
      <Group name={m.sound_output()}>
        <OutputSettings />
      </Group>
      {hasEngine && <EngineSettings />}
    </div>
  )
}

function EngineSettings() {
  return (
    <>
      <Group name={m.sound_transitions()}>
        <TransitionSettings />
      </Group>
      <Group name={m.sound_loudness()}>
        <LoudnessSettings />
      </Group>
      <Group name={m.sound_equalizer()}>
        <EqualizerSettings />
      </Group>
      <Group name={m.sound_channels_and_speed()}>
        <ChannelSettings />
      </Group>
    </>
  )
}

function Group({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <fieldset className={styles.group}>
      <legend>
        <h3 className={styles.heading}>{name}</h3>
      </legend>
      {children}
    </fieldset>
  )
}
