import type { EqualizerSettings } from '../../../shared/sound/equalizer.ts'
import type { SoundSettings } from '../../../shared/sound/sound-settings.ts'
import { useWindow } from '../../store/window-store.ts'

/** Changes some of the sound settings. */
export const changeSound = (change: Partial<SoundSettings>): void =>
  useWindow.setState(({ sound }) => ({ sound: { ...sound, ...change } }))

export const changeEqualizer = (change: Partial<EqualizerSettings>): void =>
  useWindow.setState(({ sound }) => ({ sound: { ...sound, equalizer: { ...sound.equalizer, ...change } } }))
