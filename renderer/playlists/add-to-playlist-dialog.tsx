import { ListMusic } from 'lucide-react'
import { type SubmitEvent, useId, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { Playlist } from '../../shared/library/playlists/playlist.ts'
import { useHost } from '../host/host-context.ts'
import { openDialog } from '../session/actions.ts'
import { addToPlaylist, createPlaylist, listsOf } from '../session/playlist-actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatNumber } from '../ui/utils/format.ts'
import styles from './add-to-playlist-dialog.module.css'

const close = (): void => openDialog(undefined)

/** Chooses the playlist that tracks are added to, or creates it. */
export function AddToPlaylistDialog() {
  const host = useHost()
  const tracks = useWindow((state) => state.tracksToAdd)
  const playlists = useWindow((state) => state.playlists)
  const lists = listsOf(playlists)
  const [name, setName] = useState('')
  const field = useId()
  const add = (playlist: Pick<Playlist, 'id' | 'name'>) => {
    close()
    void addToPlaylist(host, playlist, tracks)
  }
  const create = async (event: SubmitEvent) => {
    event.preventDefault()
    const id = await createPlaylist(host, { kind: 'list', name, parent: 0 })
    if (id !== undefined) add({ id, name: name.trim() })
  }
  return (
    <Dialog title={m.playlists_add_to()} onClose={close}>
      <p className={styles.count}>
        {m.playlists_add_count({ count: tracks.length, number: formatNumber(tracks.length) })}
      </p>
      <form className={styles.form} onSubmit={create}>
        <label className={styles.label} htmlFor={field}>
          {m.playlists_name_of_new()}
        </label>
        <input
          id={field}
          className={styles.field}
          value={name}
          autoComplete="off"
          autoFocus={lists.length === 0}
          onChange={(event) => setName(event.target.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {m.playlists_create_and_add()}
        </Button>
      </form>
      {lists.length === 0 ? (
        <p className={styles.none}>{m.playlists_no_lists()}</p>
      ) : (
        <ListBox
          className={styles.lists ?? ''}
          aria-label={m.playlists_lists()}
          items={lists}
          autoFocus
          onAction={(key) => {
            const playlist = lists.find(({ id }) => id === Number(key))
            if (playlist !== undefined) add(playlist)
          }}
        >
          {(playlist) => (
            <ListBoxItem className={styles.list ?? ''} textValue={playlist.name}>
              <ListMusic aria-hidden="true" />
              <span className={styles.name}>{isolate(playlist.name)}</span>
            </ListBoxItem>
          )}
        </ListBox>
      )}
    </Dialog>
  )
}
