import { m } from '../../../shared/i18n/messages.js'
import type { LibraryList } from '../../../shared/library/library-list.ts'
import { navigate } from '../../session/navigation.ts'
import { Button } from '../../ui/button.tsx'
import { EmptyState } from '../../ui/empty-state.tsx'
import { NoSearchResults } from './no-search-results.tsx'

interface EmptyListProps {
  readonly list: LibraryList
  readonly isSearch: boolean
}

/** Shown if a list of a library with tracks contains nothing. */
export function EmptyList({ list, isSearch }: EmptyListProps) {
  if (isSearch) return <NoSearchResults />
  const showTracks = (
    <Button onClick={() => navigate({ list: { kind: 'tracks' } })}>{m.library_show_all_tracks()}</Button>
  )
  switch (list.kind) {
    case 'recentlyPlayed':
    case 'mostPlayed':
      return (
        <EmptyState title={m.library_nothing_played()} action={showTracks}>
          {m.library_nothing_played_reason()}
        </EmptyState>
      )
    case 'recentlyAdded':
      return (
        <EmptyState title={m.library_nothing_added()} action={showTracks}>
          {m.library_nothing_added_reason()}
        </EmptyState>
      )
    case 'genres':
      return (
        <EmptyState title={m.library_no_genres()} action={showTracks}>
          {m.library_no_genres_reason()}
        </EmptyState>
      )
    case 'years':
      return (
        <EmptyState title={m.library_no_years()} action={showTracks}>
          {m.library_no_years_reason()}
        </EmptyState>
      )
    case 'albums':
    case 'artists':
      return (
        <EmptyState title={m.library_nothing_tagged()} action={showTracks}>
          {m.library_nothing_tagged_reason()}
        </EmptyState>
      )
    default:
      return (
        <EmptyState title={m.library_list_gone()} action={showTracks}>
          {m.library_list_gone_reason()}
        </EmptyState>
      )
  }
}
