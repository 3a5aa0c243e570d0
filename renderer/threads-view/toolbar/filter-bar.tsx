import type { ThreadState } from '@skein/threading/inspect'
import { ChartLine, PanelRight, Search, TableProperties, X } from 'lucide-react'
import { isFiltering, noFilter, type ThreadFilter } from '../filter/thread-filter.ts'
import { StateGlyph } from '../grid/state-glyph.tsx'
import { processTitle } from '../model/text-format.ts'
import { findProcess, type ProcessGroup, type Scene } from '../model/threads-model.ts'
import styles from './filter-bar.module.css'

/** What is shown beside and below the threads. */
export interface ShownParts {
  readonly series: boolean
  readonly events: boolean
  readonly objects: boolean
}

interface FilterBarProps {
  readonly filter: ThreadFilter
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
  readonly onChange: (filter: ThreadFilter) => void
  readonly shown: ShownParts
  readonly onShown: (shown: ShownParts) => void
}

const states = ['Runnable', 'Blocked', 'Waiting', 'Timed waiting', 'Terminated'] as const

/** What of all threads is shown, and what is shown below them. */
export function FilterBar(props: FilterBarProps) {
  const { filter, groups, scene, onChange, shown, onShown } = props
  const toggle = (state: ThreadState): void => {
    const without = filter.states.filter((other) => other !== state)
    onChange({ ...filter, states: without.length < filter.states.length ? without : [...without, state] })
  }
  return (
    <search className={styles.bar} aria-label="Filters of the Threads panel">
      <label className={styles.search}>
        <Search size={12} aria-hidden="true" />
        <input
          type="search"
          aria-label="Filter threads"
          placeholder="Filter threads"
          spellCheck={false}
          autoComplete="off"
          value={filter.text}
          onChange={(event) => onChange({ ...filter, text: event.currentTarget.value })}
        />
      </label>
      <ObjectChoice filter={filter} groups={groups} scene={scene} onChange={onChange} />
      {/* biome-ignore lint/a11y/useSemanticElements: a row of buttons, not of fields */}
      <div role="group" aria-label="States" className={styles.states}>
        {states.map((state) => (
          <button
            key={state}
            type="button"
            className={styles.toggle}
            data-state={state}
            aria-pressed={filter.states.includes(state)}
            aria-label={`Only ${state}`}
            title={`Only ${state}`}
            onClick={() => toggle(state)}
          >
            <StateGlyph state={state} />
          </button>
        ))}
      </div>
      <label className={styles.least}>
        At least
        <input
          type="number"
          aria-label="At least so many ms"
          min={0}
          step="any"
          placeholder="0"
          value={filter.minDuration === 0 ? '' : filter.minDuration}
          onChange={({ currentTarget }) =>
            onChange({ ...filter, minDuration: Math.max(0, currentTarget.valueAsNumber || 0) })
          }
        />
        ms
      </label>
      {isFiltering(filter) && (
        <button
          type="button"
          className={styles.toggle}
          aria-label="Reset filters"
          title="Reset filters"
          onClick={() => onChange(noFilter)}
        >
          <X size={14} aria-hidden="true" />
        </button>
      )}
      <Parts shown={shown} onChange={onShown} />
    </search>
  )
}

const parts = [
  { part: 'series', name: 'Series', Icon: ChartLine },
  { part: 'events', name: 'Events', Icon: TableProperties },
  { part: 'objects', name: 'Objects', Icon: PanelRight },
] as const

function Parts({
  shown,
  onChange,
}: {
  readonly shown: ShownParts
  readonly onChange: (shown: ShownParts) => void
}) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a row of buttons, not of fields
    <div role="group" aria-label="Parts shown" className={styles.shown}>
      {parts.map(({ part, name, Icon }) => (
        <button
          key={part}
          type="button"
          className={styles.toggle}
          aria-pressed={shown[part]}
          aria-label={name}
          title={`${shown[part] ? 'Hide' : 'Show'} ${name.toLowerCase()}`}
          onClick={() => onChange({ ...shown, [part]: !shown[part] })}
        >
          <Icon size={12} aria-hidden="true" />
          <span>{name}</span>
        </button>
      ))}
    </div>
  )
}

function ObjectChoice({
  filter,
  groups,
  scene,
  onChange,
}: Pick<FilterBarProps, 'filter' | 'groups' | 'scene' | 'onChange'>) {
  const { object } = filter
  const choose = (value: string): void => {
    const [process, id] = value.split(' ')
    onChange({ ...filter, object: process && id ? { process, id: Number(id) } : undefined })
  }
  return (
    <select
      className={styles.object}
      aria-label="Object"
      value={object ? `${object.process} ${object.id}` : ''}
      onChange={(event) => choose(event.currentTarget.value)}
    >
      <option value="">Any object</option>
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
  )
}
