import { X } from 'lucide-react'
import { useEffect } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { useHost } from '../../host/host-context.ts'
import { dismissPlaylistNotice, undoPlaylistChange } from '../../session/playlist-actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import styles from './notices.module.css'

/** Milliseconds for which the notice stays. */
const duration = 15_000

/** What was done to a playlist, with a button that reverses it. */
export function PlaylistNotice() {
  const host = useHost()
  const notice = useWindow((state) => state.playlistNotice)
  useEffect(() => {
    if (notice === undefined) return
    const timer = setTimeout(() => {
      if (useWindow.getState().playlistNotice === notice) dismissPlaylistNotice()
    }, duration)
    return () => clearTimeout(timer)
  }, [notice])
  return (
    <div role="status">
      {notice !== undefined && (
        <div className={styles.notice}>
          <p className={styles.text}>{notice.text}</p>
          {notice.change !== undefined && (
            <Button onClick={() => notice.change && undoPlaylistChange(host, notice.change)}>
              {m.playlists_undo()}
            </Button>
          )}
          <IconButton name={m.shell_dismiss()} onClick={dismissPlaylistNotice}>
            <X aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </div>
  )
}
