import { useEffect, useState } from 'react'
import type { Control, Exercise, Setup } from '../model/exercise.ts'
import { changeSetupValue, getSetup, useLabStore } from '../state/lab-store.ts'
import styles from './setup-form.module.css'

/** What can be set before a run. */
export function SetupForm({ exercise }: { readonly exercise: Exercise }) {
  const setup =
    useLabStore((state) => state.setups[exercise.id]) ?? getSetup(useLabStore.getState(), exercise.id)
  if (exercise.controls.length === 0) return null
  return (
    <fieldset className={styles.controls}>
      <legend>Setup</legend>
      {exercise.controls.map((control) => (
        <SetupField key={control.name} control={control} value={setup[control.name] ?? control.initial} />
      ))}
    </fieldset>
  )
}

interface SetupFieldProps {
  readonly control: Control
  readonly value: Setup[string]
}

function SetupField({ control, value }: SetupFieldProps) {
  switch (control.kind) {
    case 'number':
      return <NumberField control={control} value={Number(value)} />
    case 'choice':
      return (
        <label className={styles.field}>
          <span>{control.label}</span>
          <select
            value={String(value)}
            onChange={(event) => changeSetupValue(control.name, event.target.value)}
          >
            {control.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label}
              </option>
            ))}
          </select>
        </label>
      )
    case 'switch':
      return (
        <label className={styles.switch}>
          <input
            type="checkbox"
            checked={value === true}
            onChange={(event) => changeSetupValue(control.name, event.target.checked)}
          />
          <span>{control.label}</span>
        </label>
      )
  }
}

interface NumberFieldProps {
  readonly control: Extract<Control, { readonly kind: 'number' }>
  readonly value: number
}

/** Takes what is possible when it is left or Enter is pressed; anything else goes back to what it was. */
function NumberField({ control, value }: NumberFieldProps) {
  const { name, label, min: least, max: most } = control
  const [text, setText] = useState(String(value))
  // A link may set another value; the field stays, and with it the keyboard's focus.
  useEffect(() => setText(String(value)), [value])
  const take = (): void => {
    const number = Math.round(Number(text))
    const isNumber = text.trim() !== '' && Number.isFinite(number)
    const possible = isNumber ? Math.min(Math.max(number, least), most) : value
    setText(String(possible))
    if (possible !== value) changeSetupValue(name, possible)
  }
  return (
    <label className={styles.field}>
      <span>{label}</span>
      <input
        type="number"
        min={least}
        max={most}
        step={1}
        value={text}
        title={`${least} to ${most}`}
        onChange={(event) => setText(event.target.value)}
        onBlur={take}
        onKeyDown={(event) => event.key === 'Enter' && take()}
      />
    </label>
  )
}
