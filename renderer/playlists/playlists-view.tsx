import { FileDown, FolderPlus, ListPlus, Sparkles } from 'lucide-react'
import { useState } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { importPlaylists } from '../session/playlist-actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { EmptyState } from '../ui/empty-state.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { choosePlaylistFile } from './playlist-file.ts'
import { type NamedPlaylist, PlaylistNameDialog } from './playlist-name-dialog.tsx'
import { PlaylistPage } from './playlist-page.tsx'
import { PlaylistTree } from './playlist-tree.tsx'
import styles from './playlists-view.module.css'

/** The playlists, and the one that is shown. */
export function PlaylistsView() {
  const host = useHost()
  const playlists = useWindow((state) => state.playlists)
  const shown = useWindow((state) => state.shownPlaylist)
  const [named, setNamed] = useState<NamedPlaylist>()
  const playlist = playlists.find(({ id }) => id === shown) ?? playlists[0]
  const dialog = named !== undefined && (
    <PlaylistNameDialog named={named} onClose={() => setNamed(undefined)} />
  )
  const importFiles = () => void importPlaylists(host, choosePlaylistFile)
  if (playlist === undefined)
    return (
      <>
        <EmptyState
          title={m.playlists_none()}
          action={
            <div className={styles.firstActions}>
              <Button primary onClick={() => setNamed('list')}>
                {m.playlists_new_list()}
              </Button>
              <Button onClick={() => setNamed('smart')}>{m.playlists_new_smart()}</Button>
              <Button onClick={importFiles}>{m.playlists_import()}</Button>
            </div>
          }
        >
          {m.playlists_none_help()}
        </EmptyState>
        {dialog}
      </>
    )
  return (
    <div className={styles.view}>
      <div className={styles.side}>
        <div className={styles.tools} role="toolbar" aria-label={m.playlists_tools()}>
          <IconButton name={m.playlists_new_list()} onClick={() => setNamed('list')}>
            <ListPlus aria-hidden="true" />
          </IconButton>
          <IconButton name={m.playlists_new_smart()} onClick={() => setNamed('smart')}>
            <Sparkles aria-hidden="true" />
          </IconButton>
          <IconButton name={m.playlists_new_folder()} onClick={() => setNamed('folder')}>
            <FolderPlus aria-hidden="true" />
          </IconButton>
          <IconButton name={m.playlists_import()} onClick={importFiles}>
            <FileDown aria-hidden="true" />
          </IconButton>
        </div>
        <PlaylistTree shown={playlist.id} />
      </div>
      <PlaylistPage key={playlist.id} playlist={playlist} onRename={() => setNamed(playlist)} />
      {dialog}
    </div>
  )
}
