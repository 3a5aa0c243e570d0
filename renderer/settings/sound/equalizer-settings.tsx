import { m } from '../../../shared/i18n/messages.js'
import { equalizerBands, maxBandGain } from '../../../shared/sound/equalizer.ts'
import { changeEqualizer } from '../../session/sound/sound-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { RangeField } from '../../ui/fields/range-field.tsx'
import { SwitchField } from '../../ui/fields/switch-field.tsx'
import { PresetBar } from './preset-bar.tsx'
import styles from './sound-section.module.css'
import { bandLabel, bandName, decibelText, shortDecibelText } from './sound-text.ts'

/** Ten sliders and the presets. */
export function EqualizerSettings() {
  const { isEnabled, gains } = useWindow((state) => state.sound.equalizer)
  return (
    <>
      <SwitchField
        label={m.sound_equalizer_on()}
        isOn={isEnabled}
        onChange={(value) => changeEqualizer({ isEnabled: value })}
      />
      <PresetBar />
      <div className={styles.bands}>
        {equalizerBands.map((frequency, band) => (
          <RangeField
            key={frequency}
            isVertical
            label={bandLabel(frequency)}
            name={bandName(frequency)}
            value={gains[band] ?? 0}
            min={-maxBandGain}
            max={maxBandGain}
            step={0.5}
            origin={0}
            isDisabled={!isEnabled}
            shownTextOf={shortDecibelText}
            textOf={decibelText}
            onChange={(value) => changeEqualizer({ gains: gains.with(band, value) })}
          />
        ))}
      </div>
    </>
  )
}
