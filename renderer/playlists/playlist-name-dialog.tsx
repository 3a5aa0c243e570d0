import { type SubmitEvent, useId, useState } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { maxPlaylistName, type Playlist, type PlaylistKind } from '../../shared/library/playlists/playlist.ts'
import { defaultSmartRules } from '../../shared/library/playlists/smart-rules.ts'
import { useHost } from '../host/host-context.ts'
import { attempt } from '../session/actions.ts'
import { createPlaylist, showPlaylist } from '../session/playlist-actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import formStyles from '../ui/fields/dialog-form.module.css'
import fieldStyles from '../ui/fields/text-field.module.css'
import { isWithin } from './playlist-nodes.ts'

/** What the dialog names: a new playlist of this kind, or an existing one. */
export type NamedPlaylist = PlaylistKind | Playlist

const titles: Readonly<Record<PlaylistKind, () => string>> = {
  list: m.playlists_new_list,
  smart: m.playlists_new_smart,
  folder: m.playlists_new_folder,
}

interface PlaylistNameDialogProps {
  readonly named: NamedPlaylist
  readonly onClose: () => void
}

/** Names a playlist, and chooses the folder that contains it. */
export function PlaylistNameDialog({ named, onClose }: PlaylistNameDialogProps) {
  const host = useHost()
  const playlists = useWindow((state) => state.playlists)
  const existing = typeof named === 'string' ? undefined : named
  const [name, setName] = useState(existing?.name ?? '')
  const [parent, setParent] = useState(existing?.parent ?? 0)
  const nameId = useId()
  const folderId = useId()
  const folders = playlists.filter(
    ({ id, kind }) => kind === 'folder' && (existing === undefined || !isWithin(playlists, id, existing.id)),
  )
  const save = async () => {
    if (typeof named === 'string') {
      const rules = named === 'smart' ? { rules: defaultSmartRules } : {}
      const id = await createPlaylist(host, { kind: named, name, parent, ...rules })
      if (id !== undefined) showPlaylist(id)
      return
    }
    if (name !== named.name) await attempt(host.renamePlaylist(named.id, name))
    const last = playlists.filter((playlist) => playlist.parent === parent).length
    if (parent !== named.parent) await attempt(host.movePlaylist(named.id, parent, last))
  }
  const onSubmit = (event: SubmitEvent) => {
    event.preventDefault()
    onClose()
    void save()
  }
  return (
    <Dialog title={typeof named === 'string' ? titles[named]() : m.playlists_rename()} onClose={onClose}>
      <form className={formStyles.form} onSubmit={onSubmit}>
        <label htmlFor={nameId}>{m.playlists_name()}</label>
        <input
          id={nameId}
          className={fieldStyles.field}
          value={name}
          maxLength={maxPlaylistName}
          autoComplete="off"
          autoFocus
          onChange={(event) => setName(event.target.value)}
        />
        {folders.length > 0 && (
          <>
            <label htmlFor={folderId}>{m.library_kind_folder()}</label>
            <select
              id={folderId}
              className={fieldStyles.field}
              value={parent}
              onChange={(event) => setParent(Number(event.target.value))}
            >
              <option value={0}>{m.playlists_no_folder()}</option>
              {folders.map((folder) => (
                <option key={folder.id} value={folder.id}>
                  {folder.name}
                </option>
              ))}
            </select>
          </>
        )}
        <div className={formStyles.actions}>
          <Button onClick={onClose}>{m.library_cancel()}</Button>
          <Button primary type="submit" disabled={name.trim() === ''}>
            {existing === undefined ? m.playlists_create() : m.playlists_save()}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
