import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { focusSearch } from '../../session/actions.ts'
import { searchFor } from '../../session/navigation.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'

export function NoSearchResults() {
  const query = useWindow((state) => state.query)
  const clear = () => {
    searchFor('')
    focusSearch()
  }
  return (
    <EmptyState
      title={m.library_nothing_matches()}
      action={<Button onClick={clear}>{m.library_clear_search()}</Button>}
    >
      {m.library_no_match_for({ query: isolate(query.trim()) })}
    </EmptyState>
  )
}
