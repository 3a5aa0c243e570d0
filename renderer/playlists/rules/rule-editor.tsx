import { Plus } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import {
  defaultSmartRules,
  maxSmartRules,
  type SmartRule,
  type SmartRules,
  type SmartSortField,
  smartSortFields,
} from '../../../shared/library/playlists/smart-rules.ts'
import { Button } from '../../ui/button.tsx'
import { NumberField } from './number-field.tsx'
import styles from './rule-editor.module.css'
import { sortLabels } from './rule-labels.ts'
import { RuleRow } from './rule-row.tsx'

/** Milliseconds after the last key until the rules are stored. */
const saveDelay = 250

interface RuleEditorProps {
  /** Undefined if the stored rules are damaged: the editor begins with new ones. */
  readonly rules: SmartRules | undefined
  readonly onChange: (rules: SmartRules) => void
}

/** The rules of a smart playlist. They apply while they are edited. */
export function RuleEditor({ rules: stored = defaultSmartRules, onChange }: RuleEditorProps) {
  const [rules, setRules] = useDelayedSave(stored, onChange)
  const setRule = (index: number, rule: SmartRule) =>
    setRules({ ...rules, rules: rules.rules.with(index, rule) })
  const addRule = () =>
    setRules({
      ...rules,
      rules: [...rules.rules, { kind: 'text', field: 'artist', operator: 'contains', value: '' }],
    })
  return (
    <form
      className={styles.editor}
      aria-label={m.playlists_rules()}
      onSubmit={(event) => event.preventDefault()}
    >
      <label className={styles.line}>
        {m.rules_match()}
        <select
          className={styles.select}
          value={rules.match}
          onChange={(event) => setRules({ ...rules, match: event.target.value as SmartRules['match'] })}
        >
          <option value="all">{m.rules_match_all()}</option>
          <option value="any">{m.rules_match_any()}</option>
        </select>
      </label>
      <ol className={styles.rules}>
        {rules.rules.map((rule, index) => (
          <RuleRow
            // biome-ignore lint/suspicious/noArrayIndexKey: a rule is identified by its position
            key={`${index} ${rule.field} ${rules.rules.length}`}
            rule={rule}
            number={index + 1}
            onChange={(next) => setRule(index, next)}
            onRemove={() => setRules({ ...rules, rules: rules.rules.toSpliced(index, 1) })}
          />
        ))}
      </ol>
      <div className={styles.line}>
        <Button quiet disabled={rules.rules.length >= maxSmartRules} onClick={addRule}>
          <Plus aria-hidden="true" />
          {m.rules_add()}
        </Button>
      </div>
      <SortLine rules={rules} setRules={setRules} />
      <LimitLine rules={rules} setRules={setRules} />
    </form>
  )
}

interface LineProps {
  readonly rules: SmartRules
  readonly setRules: (rules: SmartRules) => void
}

function SortLine({ rules, setRules }: LineProps) {
  const { field, descending } = rules.sort
  return (
    <div className={styles.line}>
      <label>
        {m.rules_sort()}{' '}
        <select
          className={styles.select}
          value={field}
          onChange={(event) =>
            setRules({ ...rules, sort: { field: event.target.value as SmartSortField, descending } })
          }
        >
          {smartSortFields.map((candidate) => (
            <option key={candidate} value={candidate}>
              {sortLabels[candidate]()}
            </option>
          ))}
        </select>
      </label>
      {field !== 'random' && (
        <label>
          <input
            type="checkbox"
            checked={descending}
            onChange={(event) => setRules({ ...rules, sort: { field, descending: event.target.checked } })}
          />{' '}
          {m.rules_descending()}
        </label>
      )}
    </div>
  )
}

function LimitLine({ rules, setRules }: LineProps) {
  const { limit } = rules
  return (
    <div className={styles.line}>
      <label>
        <input
          type="checkbox"
          checked={limit !== undefined}
          onChange={(event) =>
            setRules({ ...rules, limit: event.target.checked ? { count: 25, unit: 'tracks' } : undefined })
          }
        />{' '}
        {m.rules_limit()}
      </label>
      {limit !== undefined && (
        <>
          <NumberField
            name={m.rules_limit()}
            value={limit.count}
            step={1}
            onChange={(count) => setRules({ ...rules, limit: { ...limit, count } })}
          />
          <select
            className={styles.select}
            aria-label={m.rules_limit_unit()}
            value={limit.unit}
            onChange={(event) =>
              setRules({ ...rules, limit: { ...limit, unit: event.target.value as typeof limit.unit } })
            }
          >
            <option value="tracks">{m.rules_limit_tracks()}</option>
            <option value="minutes">{m.rules_limit_minutes()}</option>
          </select>
        </>
      )}
    </div>
  )
}

/** Returns the edited rules. They are saved after a pause, and when the editor closes. */
function useDelayedSave(
  stored: SmartRules,
  save: (rules: SmartRules) => void,
): [SmartRules, (rules: SmartRules) => void] {
  const [rules, setRules] = useState(stored)
  const unsaved = useRef<SmartRules>(undefined)
  const latestSave = useRef(save)
  latestSave.current = save
  useEffect(() => {
    if (unsaved.current !== rules) return
    const timer = setTimeout(() => saveNow(), saveDelay)
    return () => clearTimeout(timer)
  })
  const saveNow = () => {
    if (unsaved.current !== undefined) latestSave.current(unsaved.current)
    unsaved.current = undefined
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: only the end of the editor counts
  useEffect(() => saveNow, [])
  return [
    rules,
    (next) => {
      unsaved.current = next
      setRules(next)
    },
  ]
}
