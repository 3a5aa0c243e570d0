import { ArrowDownUp, Search } from 'lucide-react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { m } from '../../shared/i18n/messages.js'
import type { SortColumn, SortOrder } from '../../shared/library/sort.ts'
import fieldStyles from '../ui/fields/search-field.module.css'
import styles from './entry-filter.module.css'
import menuStyles from './playlist-header.module.css'

/** The columns by which a playlist can be sorted, and those whose highest values come first. */
const columns: readonly { readonly column: SortColumn; readonly name: () => string }[] = [
  { column: 'title', name: m.library_column_title },
  { column: 'artist', name: m.library_column_artist },
  { column: 'album', name: m.library_column_album },
  { column: 'year', name: m.library_column_year },
  { column: 'genre', name: m.library_column_genre },
  { column: 'duration', name: m.library_column_time },
  { column: 'rating', name: m.library_column_rating },
  { column: 'plays', name: m.library_column_plays },
  { column: 'added', name: m.library_column_added },
]
const highestFirst: ReadonlySet<SortColumn> = new Set(['rating', 'plays', 'added'])

interface EntryFilterProps {
  readonly text: string
  readonly onText: (text: string) => void
  readonly sort: readonly SortOrder[]
  readonly onSort: (sort: readonly SortOrder[]) => void
}

/** Searches and sorts what a playlist shows. The playlist itself keeps its order. */
export function EntryFilter({ text, onText, sort, onSort }: EntryFilterProps) {
  return (
    <>
      <div className={styles.box}>
        <Search className={fieldStyles.icon} aria-hidden="true" />
        <input
          className={fieldStyles.field}
          type="search"
          aria-label={m.playlists_search()}
          placeholder={m.library_search()}
          autoComplete="off"
          spellCheck={false}
          value={text}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && text !== '') onText('')
          }}
        />
      </div>
      <SortMenu order={sort[0]} onSort={onSort} />
    </>
  )
}

function SortMenu({
  order,
  onSort,
}: {
  readonly order: SortOrder | undefined
  readonly onSort: (sort: readonly SortOrder[]) => void
}) {
  const chosen = columns.find(({ column }) => column === order?.column)
  const choose = (key: string) => {
    const found = columns.find(({ column }) => column === key)?.column
    if (found === undefined) onSort([])
    else {
      const descending = found === order?.column ? !order.descending : highestFirst.has(found)
      onSort([{ column: found, descending }])
    }
  }
  return (
    <MenuTrigger>
      <AriaButton className={styles.sort ?? ''}>
        <ArrowDownUp aria-hidden="true" />
        {chosen === undefined
          ? m.playlists_sort()
          : m.playlists_sorted_by({ column: chosen.name(), direction: order?.descending ? '↓' : '↑' })}
      </AriaButton>
      <Popover className={menuStyles.popover ?? ''} placement="bottom">
        <Menu
          className={menuStyles.menu ?? ''}
          aria-label={m.playlists_sort()}
          selectionMode="single"
          selectedKeys={[order?.column ?? own]}
          onAction={(key) => choose(String(key))}
        >
          <MenuItem id={own} className={menuStyles.menuItem ?? ''}>
            {m.playlists_own_order()}
          </MenuItem>
          {columns.map(({ column, name }) => (
            <MenuItem key={column} id={column} className={menuStyles.menuItem ?? ''}>
              {name()}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

const own = 'own'
