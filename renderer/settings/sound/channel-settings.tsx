import { m } from '../../../shared/i18n/messages.js'
import { soundRanges } from '../../../shared/sound/sound-settings.ts'
import { changeSound } from '../../session/sound/sound-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { RangeField } from '../../ui/fields/range-field.tsx'
import { SwitchField } from '../../ui/fields/switch-field.tsx'
import styles from './sound-section.module.css'
import { balanceText, speedText } from './sound-text.ts'

/** Mono, balance and speed. */
export function ChannelSettings() {
  const { mono, balance, speed } = useWindow((state) => state.sound)
  return (
    <>
      <SwitchField label={m.sound_mono()} isOn={mono} onChange={(value) => changeSound({ mono: value })} />
      <div className={styles.fields}>
        <RangeField
          label={m.sound_balance()}
          value={balance}
          {...soundRanges.balance}
          step={0.05}
          origin={0}
          textOf={balanceText}
          onChange={(value) => changeSound({ balance: value })}
        />
        <RangeField
          label={m.sound_speed()}
          value={speed}
          {...soundRanges.speed}
          step={0.05}
          origin={1}
          textOf={speedText}
          onChange={(value) => changeSound({ speed: value })}
        />
      </div>
    </>
  )
}
