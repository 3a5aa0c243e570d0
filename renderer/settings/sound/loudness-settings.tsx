import { m } from '../../../shared/i18n/messages.js'
import { type GainMode, soundRanges } from '../../../shared/sound/sound-settings.ts'
import { changeSound } from '../../session/sound/sound-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { RangeField } from '../../ui/fields/range-field.tsx'
import { SegmentedChoice } from '../../ui/fields/segmented-choice.tsx'
import { SwitchField } from '../../ui/fields/switch-field.tsx'
import { LoudnessScan } from '../loudness/loudness-scan.tsx'
import styles from './sound-section.module.css'
import { decibelText } from './sound-text.ts'

const modes: readonly { readonly value: GainMode; readonly name: () => string }[] = [
  { value: 'off', name: m.sound_off },
  { value: 'track', name: m.sound_gain_track },
  { value: 'album', name: m.sound_gain_album },
  { value: 'automatic', name: m.sound_gain_automatic },
]

const explanations: Readonly<Record<GainMode, () => string>> = {
  off: m.sound_gain_off_explained,
  track: m.sound_gain_track_explained,
  album: m.sound_gain_album_explained,
  automatic: m.sound_gain_automatic_explained,
}

/** How the loudness of songs is matched. */
export function LoudnessSettings() {
  const { gainMode, preamp, preventClipping } = useWindow((state) => state.sound)
  return (
    <>
      <SegmentedChoice
        label={m.sound_loudness()}
        value={gainMode}
        choices={modes}
        onChange={(value) => changeSound({ gainMode: value })}
      />
      <p className={styles.quiet}>{explanations[gainMode]()}</p>
      <div className={styles.fields}>
        <RangeField
          label={m.sound_preamp()}
          value={preamp}
          {...soundRanges.preamp}
          step={0.5}
          origin={0}
          textOf={decibelText}
          onChange={(value) => changeSound({ preamp: value })}
        />
      </div>
      <SwitchField
        label={m.sound_prevent_clipping()}
        isOn={preventClipping}
        onChange={(value) => changeSound({ preventClipping: value })}
      />
      <LoudnessScan />
    </>
  )
}
