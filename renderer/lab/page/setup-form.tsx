import { useEffect, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { Control, Exercise, Setup } from '../model/exercise.ts'
import { changeSetupValue, getSetup, useLabStore } from '../state/lab-store.ts'
import styles from './setup-form.module.css'

/** The controls of an exercise, which apply to the next run. */
export function SetupForm({ exercise }: { readonly exercise: Exercise }) {
  const setup =
    useLabStore((state) => state.setups[exercise.id]) ?? getSetup(useLabStore.getState(), exercise.id)
  if (exercise.controls.length === 0) return null
  return (
    <fieldset className={styles.controls}>
      <legend>{m.lab_setup()}</legend>
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
          <span>{control.label()}</span>
          <select
            value={String(value)}
            onChange={(event) => changeSetupValue(control.name, event.target.value)}
          >
            {control.choices.map((choice) => (
              <option key={choice.value} value={choice.value}>
                {choice.label?.() ?? choice.value}
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
          <span>{control.label()}</span>
        </label>
      )
  }
}

interface NumberFieldProps {
  readonly control: Extract<Control, { readonly kind: 'number' }>
  readonly value: number
}

/** Applies a number when it loses the focus or Enter is pressed, clamped to its range. Restores the value if it is none. */
function NumberField({ control, value }: NumberFieldProps) {
  const { name, label, min, max } = control
  const [text, setText] = useState(String(value))
  // A link may set another value while the field has the focus.
  useEffect(() => setText(String(value)), [value])
  const apply = (): void => {
    const number = Math.round(Number(text))
    const isNumber = text.trim() !== '' && Number.isFinite(number)
    const allowed = isNumber ? Math.min(Math.max(number, min), max) : value
    setText(String(allowed))
    if (allowed !== value) changeSetupValue(name, allowed)
  }
  return (
    <label className={styles.field}>
      <span>{label()}</span>
      <input
        type="number"
        min={min}
        max={max}
        step={1}
        value={text}
        title={m.lab_setup_range({ min, max })}
        onChange={(event) => setText(event.target.value)}
        onBlur={apply}
        onKeyDown={(event) => event.key === 'Enter' && apply()}
      />
    </label>
  )
}
