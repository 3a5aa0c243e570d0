import { useState } from 'react'
import { m } from '../../shared/i18n/messages.js'
import type { Playlist } from '../../shared/library/playlists/playlist.ts'
import type { SortOrder } from '../../shared/library/sort.ts'
import { useHost } from '../host/host-context.ts'
import { useLibraryList } from '../library/list/use-library-list.ts'
import { attempt } from '../session/actions.ts'
import { EntryList } from './entries/entry-list.tsx'
import { EntryFilter } from './entry-filter.tsx'
import { PlaylistHeader } from './playlist-header.tsx'
import styles from './playlists-view.module.css'
import { RuleEditor } from './rules/rule-editor.tsx'

interface PlaylistPageProps {
  readonly playlist: Playlist
  readonly onRename: () => void
}

/** A playlist: its header, its rules if it is a smart one, and its entries. */
export function PlaylistPage({ playlist, onRename }: PlaylistPageProps) {
  const host = useHost()
  const [text, setText] = useState('')
  const [sort, setSort] = useState<readonly SortOrder[]>([])
  const view = useLibraryList({ kind: 'playlist', id: playlist.id }, text, sort)
  const [areRulesShown, setRulesShown] = useState(true)
  const { id, kind, rules } = playlist
  const isSearching = text.trim() !== ''
  return (
    <section className={styles.page} aria-label={playlist.name}>
      <PlaylistHeader
        playlist={playlist}
        summary={view.summary}
        onRename={onRename}
        areRulesShown={areRulesShown}
        onRules={setRulesShown}
        filter={<EntryFilter text={text} onText={setText} sort={sort} onSort={setSort} />}
      />
      {kind === 'smart' && areRulesShown && (
        <RuleEditor rules={rules} onChange={(next) => void attempt(host.setPlaylistRules(id, next))} />
      )}
      {kind === 'folder' && <p className={styles.empty}>{m.playlists_folder_help()}</p>}
      {kind !== 'folder' && view.summary?.count === 0 && (
        <p className={styles.empty}>{emptyText(kind, isSearching)}</p>
      )}
      {kind !== 'folder' && (view.summary?.count ?? 0) > 0 && (
        <EntryList playlist={playlist} view={view} hasOwnOrder={!isSearching && sort.length === 0} />
      )}
    </section>
  )
}

function emptyText(kind: Playlist['kind'], isSearching: boolean): string {
  if (isSearching) return m.playlists_search_finds_nothing()
  return kind === 'smart' ? m.playlists_nothing_matches() : m.playlists_list_is_empty()
}
