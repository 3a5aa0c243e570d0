import { type SubmitEvent, useId, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { maxPresetNameLength } from '../../../shared/sound/equalizer.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import formStyles from '../../ui/fields/dialog-form.module.css'
import fieldStyles from '../../ui/fields/text-field.module.css'
import styles from './preset-name-dialog.module.css'

interface PresetNameDialogProps {
  readonly title: string
  readonly initialName: string
  readonly onName: (name: string) => void
  readonly onClose: () => void
}

/** Names a preset of the equaliser. */
export function PresetNameDialog({ title, initialName, onName, onClose }: PresetNameDialogProps) {
  const presets = useWindow((state) => state.sound.equalizer.presets)
  const [text, setText] = useState(initialName)
  const field = useId()
  const name = text.trim()
  const isTaken = name !== initialName && presets.some((preset) => preset.name === name)
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    onName(name)
  }
  return (
    <Dialog title={title} onClose={onClose}>
      <form className={formStyles.form} onSubmit={onSubmit}>
        <label htmlFor={field}>{m.playlists_name()}</label>
        <input
          id={field}
          className={fieldStyles.field}
          value={text}
          maxLength={maxPresetNameLength}
          autoComplete="off"
          autoFocus
          onChange={(event) => setText(event.target.value)}
        />
        {isTaken && <p className={styles.note}>{m.sound_preset_name_taken()}</p>}
        <div className={formStyles.actions}>
          <Button onClick={onClose}>{m.library_cancel()}</Button>
          <Button primary type="submit" disabled={name === ''}>
            {m.playlists_save()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
