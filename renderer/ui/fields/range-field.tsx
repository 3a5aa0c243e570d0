import { useId } from 'react'
import { classes } from '../utils/classes.ts'
import styles from './range-field.module.css'

interface RangeFieldProps {
  readonly label: string
  /** The accessible name, if it is not the label. */
  readonly name?: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step: number
  /** Returns the value as it is read aloud, and shown. */
  readonly textOf: (value: number) => string
  /** Returns the value as it is shown, if there is no room for the whole text. */
  readonly shownTextOf?: (value: number) => string
  readonly onChange: (value: number) => void
  /** The value from which the track is filled; the minimum by default. */
  readonly origin?: number
  readonly isVertical?: boolean
  readonly isDisabled?: boolean
}

/** A slider with its label and its value. */
export function RangeField({
  label,
  name,
  value,
  min,
  max,
  step,
  textOf,
  shownTextOf = textOf,
  onChange,
  origin = min,
  isVertical = false,
  isDisabled = false,
}: RangeFieldProps) {
  const id = useId()
  const shareOf = (at: number) => (at - min) / (max - min)
  return (
    <div className={classes(styles.field, isVertical && styles.vertical)}>
      <label className={styles.label} htmlFor={id}>
        {label}
      </label>
      <input
        id={id}
        type="range"
        className={styles.range}
        aria-label={name}
        aria-valuetext={textOf(value)}
        min={min}
        max={max}
        step={step}
        value={value}
        disabled={isDisabled}
        style={{
          '--from': Math.min(shareOf(origin), shareOf(value)),
          '--to': Math.max(shareOf(origin), shareOf(value)),
        }}
        onChange={(event) => onChange(Number(event.target.value))}
      />
      <output className={styles.value} htmlFor={id} aria-hidden="true">
        {shownTextOf(value)}
      </output>
    </div>
  )
}
