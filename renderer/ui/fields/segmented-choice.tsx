import { Radio, RadioGroup } from 'react-aria-components'
import styles from './segmented-choice.module.css'

interface SegmentedChoiceProps<Value extends string> {
  readonly label: string
  readonly value: Value
  readonly choices: readonly { readonly value: Value; readonly name: () => string }[]
  readonly onChange: (value: Value) => void
}

/** A choice of few values, all of which are visible. */
export function SegmentedChoice<Value extends string>({
  label,
  value,
  choices,
  onChange,
}: SegmentedChoiceProps<Value>) {
  const choose = (text: string) => {
    const choice = choices.find((known) => known.value === text)
    if (choice) onChange(choice.value)
  }
  return (
    <RadioGroup
      className={styles.group ?? ''}
      aria-label={label}
      orientation="horizontal"
      value={value}
      onChange={choose}
    >
      {choices.map((choice) => (
        <Radio key={choice.value} className={styles.choice ?? ''} value={choice.value}>
          {choice.name()}
        </Radio>
      ))}
    </RadioGroup>
  )
}
