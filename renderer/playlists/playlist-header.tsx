import { FileUp, ListPlus, Pencil, Play, SlidersHorizontal, Trash2 } from 'lucide-react'
import type { ReactNode } from 'react'
import { Button as AriaButton, Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { ListSummary } from '../../shared/library/library-list.ts'
import {
  type Playlist,
  type PlaylistFormat,
  playlistFormats,
} from '../../shared/library/playlists/playlist.ts'
import { useHost } from '../host/host-context.ts'
import { enqueueItems, playItems, resolveList } from '../session/list-requests.ts'
import { deletePlaylist, exportPlaylist } from '../session/playlist-actions.ts'
import { Button } from '../ui/button.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { formatDuration, formatNumber } from '../ui/utils/format.ts'
import { savePlaylistFile } from './playlist-file.ts'
import styles from './playlist-header.module.css'

interface PlaylistHeaderProps {
  readonly playlist: Playlist
  readonly summary: ListSummary | undefined
  readonly onRename: () => void
  readonly areRulesShown: boolean
  readonly onRules: (areShown: boolean) => void
  /** What searches and sorts the entries. */
  readonly filter: ReactNode
}

/** The name and size of a playlist, and the actions on all of it. */
export function PlaylistHeader(props: PlaylistHeaderProps) {
  const { playlist, summary, onRename, areRulesShown, onRules, filter } = props
  const host = useHost()
  const count = summary?.count ?? 0
  const hasTracks = (summary?.trackCount ?? 0) > 0
  const exportAs = async (format: PlaylistFormat) => {
    const { id, kind } = playlist
    const tracks = kind === 'smart' ? [...(await resolveList({ kind: 'playlist', id }))] : undefined
    savePlaylistFile(await exportPlaylist(host, id, format, tracks))
  }
  return (
    <header className={styles.header}>
      <div className={styles.heading}>
        <h1 className={styles.name} title={playlist.name}>
          {isolate(playlist.name)}
        </h1>
        {playlist.kind !== 'folder' && summary !== undefined && (
          <p className={styles.size}>
            {m.playlists_size({
              count,
              number: formatNumber(count),
              duration: formatDuration(summary.duration),
            })}
          </p>
        )}
      </div>
      <div className={styles.actions}>
        {playlist.kind !== 'folder' && (
          <>
            <Button primary disabled={!hasTracks} onClick={() => playItems(0, count)}>
              <Play fill="currentColor" aria-hidden="true" />
              {m.player_play()}
            </Button>
            <IconButton
              name={m.library_add_to_up_next()}
              disabled={!hasTracks}
              onClick={() => enqueueItems('end', 0, count)}
            >
              <ListPlus aria-hidden="true" />
            </IconButton>
            {playlist.kind === 'smart' && (
              <IconButton
                name={m.playlists_rules()}
                aria-expanded={areRulesShown}
                onClick={() => onRules(!areRulesShown)}
              >
                <SlidersHorizontal aria-hidden="true" />
              </IconButton>
            )}
            <ExportMenu onExport={(format) => void exportAs(format)} />
          </>
        )}
        <IconButton name={m.playlists_rename()} onClick={onRename}>
          <Pencil aria-hidden="true" />
        </IconButton>
        <IconButton name={m.playlists_delete()} onClick={() => void deletePlaylist(host, playlist)}>
          <Trash2 aria-hidden="true" />
        </IconButton>
        {playlist.kind !== 'folder' && filter}
      </div>
    </header>
  )
}

function ExportMenu({ onExport }: { readonly onExport: (format: PlaylistFormat) => void }) {
  return (
    <MenuTrigger>
      <AriaButton className={styles.menuButton ?? ''} aria-label={m.playlists_export()}>
        <FileUp aria-hidden="true" />
      </AriaButton>
      <Popover className={styles.popover ?? ''} placement="bottom">
        <Menu className={styles.menu ?? ''} onAction={(key) => onExport(key as PlaylistFormat)}>
          {playlistFormats.map((format) => (
            <MenuItem key={format} id={format} className={styles.menuItem ?? ''}>
              {m.playlists_export_as({ format: isolate(format.toUpperCase()) })}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
