import { Search, X } from 'lucide-react'
import { useEffect, useRef } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { searchFor } from '../session/navigation.ts'
import { useWindow } from '../store/window-store.ts'
import fieldStyles from '../ui/fields/search-field.module.css'
import { shortcutLabel } from '../ui/utils/platform-keys.ts'
import styles from './search-box.module.css'

/** ArrowDown moves the focus from the search box to the results. */
const focusGridRow = (): void =>
  document.querySelector<HTMLElement>('[role=tabpanel] [role=grid] [data-index][tabindex="0"]')?.focus()

/** Filters the library while the user types. The input thread searches. */
export function SearchBox() {
  const field = useRef<HTMLInputElement>(null)
  const query = useWindow((state) => state.query)
  const shouldFocus = useWindow((state) => state.shouldFocusSearch)
  useEffect(() => {
    if (!shouldFocus) return
    field.current?.focus()
    field.current?.select()
    useWindow.setState({ shouldFocusSearch: false })
  }, [shouldFocus])
  const clear = () => {
    searchFor('')
    field.current?.focus()
  }
  return (
    <div className={styles.box}>
      <Search className={fieldStyles.icon} aria-hidden="true" />
      <input
        ref={field}
        className={styles.field}
        type="search"
        aria-label={m.library_search_library()}
        placeholder={m.library_search()}
        autoComplete="off"
        spellCheck={false}
        value={query}
        onKeyDown={(event) => {
          if (event.key !== 'ArrowDown') return
          event.preventDefault()
          focusGridRow()
        }}
        onChange={(event) => searchFor(event.target.value)}
      />
      {query === '' ? (
        <kbd className={styles.keys}>{shortcutLabel('search')}</kbd>
      ) : (
        <button
          type="button"
          className={styles.clear}
          aria-label={m.library_clear_the_search()}
          onClick={clear}
        >
          <X aria-hidden="true" />
        </button>
      )}
    </div>
  )
}
