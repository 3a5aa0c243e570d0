import { type KeyboardEvent, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useAnalysis } from '../analysis/analysis-context.ts'
import { processTitle } from '../model/text-format.ts'
import { type ProcessGroup, type Scene, type ThreadKey, threadKey } from '../model/threads-model.ts'
import { Lanes } from './lanes.tsx'
import { ThreadRow } from './thread-row.tsx'
import styles from './threads-grid.module.css'

interface ThreadsGridProps {
  readonly groups: readonly ProcessGroup[]
  readonly selected: ThreadKey | undefined
  readonly scene: () => Scene
  readonly onSelect: (key: ThreadKey | undefined) => void
}

const columnTitles = (): readonly string[] => [
  m.threads_column_thread(),
  m.threads_column_state(),
  m.threads_column_waiting_on(),
  m.threads_column_held_by(),
  m.threads_column_since(),
]

/** Every thread's present state and its history on one line. */
export function ThreadsGrid({ groups, selected, scene, onSelect }: ThreadsGridProps) {
  // The rows of one recording are not reused for another, because painters have written their texts.
  const recording = useAnalysis()?.number
  const rows = groups.flatMap((group) => group.threads)
  const [focused, setFocused] = useState('')
  const keys = rows.map((row) => threadKey(row.process, row.id))
  const tabStop = keys.includes(focused) ? focused : keys[0]
  const selectedKey = selected && threadKey(selected.process, selected.id)

  const toggle = (row: ThreadKey): void =>
    onSelect(selectedKey === threadKey(row.process, row.id) ? undefined : row)

  const onKeyDown = (event: KeyboardEvent, row: ThreadKey): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    if (event.key === 'Enter') toggle(row)
    else if (event.key === 'Escape' && selected) onSelect(undefined)
    else if (!moveFocus(event)) return
    // Keeps the key from the window's own shortcuts.
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className={styles.table}>
      {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: a table whose rows take the focus is a grid */}
      <table role="grid" aria-label={m.threads_grid()} className={styles.grid}>
        <thead>
          <tr className={styles.header}>
            {columnTitles().map((column) => (
              <th key={column} scope="col" className={styles.cell}>
                {column}
              </th>
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.process} aria-label={processTitle(group.process)} data-heading={headingOf(group)}>
            {group.threads.map((row) => {
              const key = threadKey(row.process, row.id)
              return (
                <ThreadRow
                  key={`${recording} ${key}`}
                  row={row}
                  selected={key === selectedKey}
                  tabStop={key === tabStop}
                  scene={scene}
                  onSelect={() => toggle(row)}
                  onFocus={() => setFocused(key)}
                  onKeyDown={(event) => onKeyDown(event, row)}
                />
              )
            })}
          </tbody>
        ))}
      </table>
      <Lanes groups={groups} scene={scene} onSelect={onSelect} />
    </div>
  )
}

function headingOf(group: ProcessGroup): string {
  const process = processTitle(group.process)
  return group.threads.length === 0 ? m.threads_process_without_threads({ process }) : process
}

/** Moves the focus to another row of the grid. Returns whether the key does that. */
function moveFocus(event: KeyboardEvent): boolean {
  const grid = event.currentTarget.closest('table')
  const rows = [...(grid?.querySelectorAll<HTMLElement>('tbody tr[tabindex]') ?? [])]
  const index = rows.indexOf(event.currentTarget as HTMLElement)
  const target = targetOf(event.key, index, rows.length)
  if (target === undefined) return false
  rows[target]?.focus()
  return true
}

function targetOf(key: string, index: number, count: number): number | undefined {
  if (key === 'ArrowDown') return Math.min(index + 1, count - 1)
  if (key === 'ArrowUp') return Math.max(index - 1, 0)
  if (key === 'PageDown') return Math.min(index + 10, count - 1)
  if (key === 'PageUp') return Math.max(index - 10, 0)
  if (key === 'Home') return 0
  if (key === 'End') return count - 1
  return undefined
}
