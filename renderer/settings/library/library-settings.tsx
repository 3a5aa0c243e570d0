import { FolderPlus } from 'lucide-react'
import { useRef } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { LibraryFolder } from '../../../shared/library/library-folder.ts'
import { useHost } from '../../host/host-context.ts'
import { addFolder, attempt } from '../../session/actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { FolderItem } from './folder-item.tsx'
import styles from './library-settings.module.css'
import { ScanControls } from './scan-controls.tsx'

/** The folders of the library and their scan. */
export function LibrarySettings() {
  const host = useHost()
  const folders = useWindow((state) => state.libraryFolders)
  const add = useRef<HTMLButtonElement>(null)
  const remove = async ({ id }: LibraryFolder) => {
    await attempt(host.removeFolder(id))
    // The button that had the focus is gone.
    add.current?.focus()
  }
  return (
    <div className={styles.library}>
      {folders.length === 0 ? (
        <p className={styles.quiet}>{m.settings_folders_none()}</p>
      ) : (
        <ul className={styles.folders} aria-label={m.settings_folders()}>
          {folders.map((folder) => (
            <FolderItem key={folder.id} folder={folder} onRemove={() => remove(folder)} />
          ))}
        </ul>
      )}
      <div className={styles.actions}>
        <Button ref={add} onClick={() => addFolder(host)}>
          <FolderPlus aria-hidden="true" />
          {m.settings_folder_add()}
        </Button>
        {folders.some(({ isDemo }) => !isDemo) && <ScanControls />}
      </div>
      <p className={styles.quiet}>{m.settings_folder_note()}</p>
    </div>
  )
}
