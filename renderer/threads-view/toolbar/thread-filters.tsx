import type { ThreadState } from '@skein/threading/inspect'
import { ListFilter, Search, X } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import { hasSegmentFilter, isFiltering, noFilter, type ThreadFilter } from '../filter/thread-filter.ts'
import { StateGlyph } from '../grid/state-glyph.tsx'
import { stateCode, stateText } from '../model/state-codes.ts'
import { processTitle } from '../model/text-format.ts'
import { findProcess, type ProcessGroup, type Scene } from '../model/threads-model.ts'
import { ToolbarPopover } from '../widgets/toolbar-popover.tsx'
import styles from './thread-filters.module.css'

export interface ThreadFiltersProps {
  readonly filter: ThreadFilter
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
  readonly onChange: (filter: ThreadFilter) => void
}

const states = ['Runnable', 'Blocked', 'Waiting', 'Timed waiting', 'Terminated'] as const

/** Filters the threads: by name in the toolbar, by everything else in a popover. */
export function ThreadFilters({ filter, groups, scene, onChange }: ThreadFiltersProps) {
  return (
    <search className={styles.filters} aria-label={m.threads_filters_region()}>
      <label className={styles.search}>
        <Search size={12} aria-hidden="true" />
        <input
          type="search"
          aria-label={m.threads_filter_names()}
          placeholder={m.threads_filter_names()}
          spellCheck={false}
          autoComplete="off"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <ToolbarPopover
        name={m.threads_filters()}
        label={m.threads_filters()}
        icon={<ListFilter size={14} aria-hidden="true" />}
        isMarked={hasSegmentFilter(filter)}
      >
        <ObjectChoice filter={filter} groups={groups} scene={scene} onChange={onChange} />
        <StateChoice filter={filter} onChange={onChange} />
        <MinDuration filter={filter} onChange={onChange} />
      </ToolbarPopover>
      {isFiltering(filter) && (
        <button
          type="button"
          className={styles.reset}
          aria-label={m.threads_filters_reset()}
          title={m.threads_filters_reset()}
          onClick={() => onChange(noFilter)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
    </search>
  )
}

type FilterFieldProps = Pick<ThreadFiltersProps, 'filter' | 'onChange'>

function StateChoice({ filter, onChange }: FilterFieldProps) {
  const toggle = (state: ThreadState): void => {
    const others = filter.states.filter((chosen) => chosen !== state)
    onChange({ ...filter, states: others.length < filter.states.length ? others : [...others, state] })
  }
  return (
    <fieldset className={styles.states}>
      <legend>{m.threads_states()}</legend>
      {states.map((state) => (
        <button
          key={state}
          type="button"
          className={styles.toggle}
          data-state={state}
          aria-pressed={filter.states.includes(state)}
          aria-label={m.threads_filter_only_state({ state: stateText(stateCode[state]) })}
          onClick={() => toggle(state)}
        >
          <StateGlyph state={state} />
          {stateText(stateCode[state])}
        </button>
      ))}
    </fieldset>
  )
}

function MinDuration({ filter, onChange }: FilterFieldProps) {
  return (
    <label className={styles.field}>
      {m.threads_filter_min_duration()}
      <input
        type="number"
        min={0}
        step="any"
        placeholder="0"
        value={filter.minDuration === 0 ? '' : filter.minDuration}
        onChange={({ currentTarget }) =>
          onChange({ ...filter, minDuration: Math.max(0, currentTarget.valueAsNumber || 0) })
        }
      />
    </label>
  )
}

function ObjectChoice({ filter, groups, scene, onChange }: ThreadFiltersProps) {
  const { object } = filter
  const choose = (value: string): void => {
    const [process, id] = value.split(' ')
    onChange({ ...filter, object: process && id ? { process, id: Number(id) } : undefined })
  }
  return (
    <label className={styles.field}>
      {m.threads_column_object()}
      <select
        value={object ? `${object.process} ${object.id}` : ''}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{m.threads_filter_any_object()}</option>
        {groups.map(({ process, objects }) => (
          <optgroup key={process} label={processTitle(process)}>
            {objects.map(({ id }) => (
              <option key={id} value={`${process} ${id}`}>
                {findProcess(scene(), process)?.label(id)}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </label>
  )
}
