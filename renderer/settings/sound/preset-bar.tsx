import { Pencil, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { type BuiltInPreset, builtInPresetIds, maxPresets } from '../../../shared/sound/equalizer.ts'
import { changeEqualizer } from '../../session/sound/sound-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import {
  choiceOfValue,
  gainsOfChoice,
  presetWith,
  removePreset,
  renamePreset,
  savePreset,
  valueOfChoice,
} from './equalizer-presets.ts'
import { PresetNameDialog } from './preset-name-dialog.tsx'
import styles from './sound-section.module.css'

const builtInNames: Readonly<Record<BuiltInPreset, () => string>> = {
  flat: m.sound_preset_flat,
  bassBoost: m.sound_preset_bass_boost,
  bassCut: m.sound_preset_bass_cut,
  trebleBoost: m.sound_preset_treble_boost,
  trebleCut: m.sound_preset_treble_cut,
  quietListening: m.sound_preset_quiet_listening,
  speech: m.sound_preset_speech,
  smallSpeakers: m.sound_preset_small_speakers,
}

/** Chooses, saves, renames and deletes presets of the equaliser. */
export function PresetBar() {
  const { isEnabled, gains, presets } = useWindow((state) => state.sound.equalizer)
  const [naming, setNaming] = useState<'save' | 'rename'>()
  const choice = presetWith(gains, presets)
  const own = choice.kind === 'own' ? choice.name : undefined
  const choose = (value: string) => {
    const chosen = gainsOfChoice(choiceOfValue(value), presets)
    if (chosen) changeEqualizer({ gains: chosen })
  }
  const setName = (name: string) => {
    setNaming(undefined)
    if (naming === 'rename' && own !== undefined)
      changeEqualizer({ presets: renamePreset(presets, own, name) })
    else changeEqualizer({ presets: savePreset(presets, { name, gains }) })
  }
  return (
    <div className={styles.line}>
      <select
        className={styles.select}
        aria-label={m.sound_preset()}
        value={valueOfChoice(choice)}
        disabled={!isEnabled}
        onChange={(event) => choose(event.target.value)}
      >
        {choice.kind === 'custom' && <option value="custom">{m.sound_preset_custom()}</option>}
        {presets.length > 0 && (
          <optgroup label={m.sound_presets_own()}>
            {presets.map(({ name }) => (
              <option key={name} value={valueOfChoice({ kind: 'own', name })}>
                {name}
              </option>
            ))}
          </optgroup>
        )}
        <optgroup label={m.sound_presets_built_in()}>
          {builtInPresetIds.map((id) => (
            <option key={id} value={valueOfChoice({ kind: 'builtIn', id })}>
              {builtInNames[id]()}
            </option>
          ))}
        </optgroup>
      </select>
      {choice.kind === 'custom' && (
        <Button disabled={!isEnabled || presets.length >= maxPresets} onClick={() => setNaming('save')}>
          {m.sound_preset_save()}
        </Button>
      )}
      {own !== undefined && (
        <>
          <IconButton name={m.sound_preset_rename()} onClick={() => setNaming('rename')}>
            <Pencil aria-hidden="true" />
          </IconButton>
          <IconButton
            name={m.sound_preset_delete()}
            onClick={() => changeEqualizer({ presets: removePreset(presets, own) })}
          >
            <Trash2 aria-hidden="true" />
          </IconButton>
        </>
      )}
      {naming !== undefined && (
        <PresetNameDialog
          title={naming === 'save' ? m.sound_preset_save_title() : m.sound_preset_rename()}
          initialName={naming === 'rename' ? (own ?? '') : ''}
          onName={setName}
          onClose={() => setNaming(undefined)}
        />
      )}
    </div>
  )
}
