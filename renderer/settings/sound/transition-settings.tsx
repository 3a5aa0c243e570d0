import { m } from '../../../shared/i18n/messages.js'
import { soundRanges } from '../../../shared/sound/sound-settings.ts'
import { changeSound } from '../../session/sound/sound-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { RangeField } from '../../ui/fields/range-field.tsx'
import { SwitchField } from '../../ui/fields/switch-field.tsx'
import styles from './sound-section.module.css'
import { crossfadeText } from './sound-text.ts'

/** What happens between two songs. */
export function TransitionSettings() {
  const crossfade = useWindow((state) => state.sound.crossfade)
  const isWithinAlbums = useWindow((state) => state.sound.crossfadeWithinAlbums)
  return (
    <div className={styles.fields}>
      <RangeField
        label={m.sound_crossfade()}
        value={crossfade}
        {...soundRanges.crossfade}
        step={0.5}
        textOf={crossfadeText}
        onChange={(value) => changeSound({ crossfade: value })}
      />
      <div>
        <SwitchField
          label={m.sound_crossfade_within_albums()}
          isOn={isWithinAlbums}
          isDisabled={crossfade === 0}
          onChange={(value) => changeSound({ crossfadeWithinAlbums: value })}
        />
      </div>
    </div>
  )
}
