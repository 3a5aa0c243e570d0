import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { search } from '../app/actions.ts'
import { useWindow } from '../app/store.ts'
import { shownKeys } from '../ui/platform.ts'
import styles from './search-box.module.css'

/** Down leads from the search to the rows. */
const focusFirstStop = (): void =>
  document.querySelector<HTMLElement>('[role=grid] [data-index][tabindex="0"]')?.focus()

/** Filters the library while one types; the input thread answers. */
export function SearchBox() {
  const field = useRef<HTMLInputElement>(null)
  const query = useWindow((state) => state.query)
  const wanted = useWindow((state) => state.searchWanted)
  useEffect(() => {
    if (!wanted) return
    field.current?.focus()
    field.current?.select()
    useWindow.setState({ searchWanted: false })
  }, [wanted])
  const clear = () => {
    search({ query: '' })
    field.current?.focus()
  }
  return (
    <div className={styles.box}>
      <Search className={styles.icon} aria-hidden="true" />
      <input
        ref={field}
        className={styles.field}
        type="search"
        aria-label="Search library"
        placeholder="Search"
        autoComplete="off"
        spellCheck={false}
        value={query}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          focusFirstStop()
        }}
        onChange={(event) => search({ query: event.target.value })}
      />
      {query === '' ? (
        <kbd className={styles.keys}>{shownKeys('search')}</kbd>
      ) : (
        <button type="button" className={styles.clear} aria-label="Clear the search" onClick={clear}>
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
