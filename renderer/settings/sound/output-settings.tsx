import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { SoundOutput } from '../../../shared/sound/sound-output.ts'
import { changeSound } from '../../session/sound/sound-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import styles from './sound-section.module.css'

/** The output device, and what plays the current song. */
export function OutputSettings() {
  const output = useWindow((state) => state.soundOutput)
  return (
    <>
      <OutputDeviceChoice />
      {output !== undefined && <p className={styles.quiet}>{outputText(output)}</p>}
    </>
  )
}

function outputText(output: SoundOutput): string {
  if (output.kind === 'engine') return m.sound_output_engine()
  return output.reason === 'format' ? m.sound_output_format() : m.sound_output_unsupported()
}

function OutputDeviceChoice() {
  const devices = useWindow((state) => state.outputDevices)
  const chosen = useWindow((state) => state.sound.outputDevice)
  if (devices === undefined) return <p className={styles.quiet}>{m.sound_device_of_browser()}</p>
  const isMissing = chosen !== undefined && devices.every(({ id }) => id !== chosen.id)
  const choose = (id: string) => changeSound({ outputDevice: devices.find((device) => device.id === id) })
  return (
    <>
      <select
        className={styles.select}
        aria-label={m.sound_device()}
        value={chosen?.id ?? ''}
        onChange={(event) => choose(event.target.value)}
      >
        <option value="">{m.sound_device_of_system()}</option>
        {isMissing && (
          <option value={chosen.id}>{m.sound_device_missing({ device: isolate(chosen.label) })}</option>
        )}
        {devices.map(({ id, label }) => (
          <option key={id} value={id}>
            {label}
          </option>
        ))}
      </select>
      {isMissing && <p className={styles.quiet}>{m.sound_device_missing_explained()}</p>}
    </>
  )
}
