import { Minus } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import {
  dateFields,
  dateOperators,
  numberFields,
  numberOperators,
  type RuleField,
  ruleKindOf,
  type SmartRule,
  textFields,
  textOperators,
} from '../../../shared/library/playlists/smart-rules.ts'
import { IconButton } from '../../ui/icon-button.tsx'
import { NumberField } from './number-field.tsx'
import styles from './rule-editor.module.css'
import { fieldLabels, operatorLabels } from './rule-labels.ts'

const allFields: readonly RuleField[] = [...textFields, ...numberFields, ...dateFields]

const operators = { text: textOperators, number: numberOperators, date: dateOperators } as const

interface RuleRowProps {
  readonly rule: SmartRule
  /** From 1. */
  readonly number: number
  readonly onChange: (rule: SmartRule) => void
  readonly onRemove: () => void
}

/** One rule: a field, how it is compared, and with what. */
export function RuleRow({ rule, number, onChange, onRemove }: RuleRowProps) {
  return (
    <li className={styles.rule}>
      <select
        className={styles.select}
        aria-label={m.rules_field({ number })}
        value={rule.field}
        onChange={(event) => onChange(withField(rule, event.target.value as RuleField))}
      >
        {allFields.map((field) => (
          <option key={field} value={field}>
            {fieldLabels[field]()}
          </option>
        ))}
      </select>
      <select
        className={styles.select}
        aria-label={m.rules_operator({ number })}
        value={rule.operator}
        onChange={(event) => onChange({ ...rule, operator: event.target.value } as SmartRule)}
      >
        {operators[rule.kind].map((operator) => (
          <option key={operator} value={operator}>
            {operatorLabels[operator]()}
          </option>
        ))}
      </select>
      <RuleValue rule={rule} number={number} onChange={onChange} />
      <IconButton name={m.rules_remove({ number })} hint={false} onClick={onRemove}>
        <Minus aria-hidden="true" />
      </IconButton>
    </li>
  )
}

function RuleValue({ rule, number, onChange }: Omit<RuleRowProps, 'onRemove'>) {
  switch (rule.kind) {
    case 'text':
      return (
        <input
          className={styles.text}
          aria-label={m.rules_value({ number })}
          value={rule.value}
          maxLength={1000}
          onChange={(event) => onChange({ ...rule, value: event.target.value })}
        />
      )
    case 'number':
      return (
        <>
          <NumberField
            name={m.rules_value({ number })}
            value={rule.value}
            step={rule.field === 'rating' ? 0.5 : 1}
            onChange={(value) => onChange({ ...rule, value })}
          />
          {rule.operator === 'between' && (
            <>
              <span>{m.rules_and()}</span>
              <NumberField
                name={m.rules_end({ number })}
                value={rule.to}
                step={rule.field === 'rating' ? 0.5 : 1}
                onChange={(to) => onChange({ ...rule, to })}
              />
            </>
          )}
        </>
      )
    case 'date':
      return (
        <>
          <NumberField
            name={m.rules_value({ number })}
            value={rule.days}
            step={1}
            onChange={(days) => onChange({ ...rule, days })}
          />
          <span>{m.rules_days()}</span>
        </>
      )
  }
}

/** Returns the rule about another field. Its value stays if it is of the same kind. */
function withField(rule: SmartRule, field: RuleField): SmartRule {
  const kind = ruleKindOf(field)
  if (kind === rule.kind) return { ...rule, field } as SmartRule
  switch (kind) {
    case 'text':
      return { kind, field, operator: 'contains', value: '' } as SmartRule
    case 'number':
      return { kind, field, operator: 'above', value: 0, to: 0 } as SmartRule
    case 'date':
      return { kind, field, operator: 'within', days: 30 } as SmartRule
  }
}
