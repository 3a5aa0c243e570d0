import styles from './rule-editor.module.css'

interface NumberFieldProps {
  /** The accessible name. */
  readonly name: string
  readonly value: number
  readonly step: number
  readonly onChange: (value: number) => void
}

const max = 1_000_000

/** A number that is not negative. What is no number leaves the value as it is. */
export function NumberField({ name, value, step, onChange }: NumberFieldProps) {
  return (
    <input
      className={styles.number}
      type="number"
      aria-label={name}
      min={0}
      max={max}
      step={step}
      defaultValue={value}
      onChange={({ target }) => {
        const next = target.valueAsNumber
        if (next >= 0 && next <= max) onChange(next)
      }}
    />
  )
}
