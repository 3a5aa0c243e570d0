import { CircleAlert, Folder } from 'lucide-react'
import { useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import type { LibraryFolder } from '../../../shared/library/library-folder.ts'
import { useHost } from '../../host/host-context.ts'
import { attempt, openFolderDialog } from '../../session/actions.ts'
import { Button } from '../../ui/button.tsx'
import { folderName, folderProblems, folderSummary } from './folder-text.ts'
import styles from './library-settings.module.css'

interface FolderItemProps {
  readonly folder: LibraryFolder
  readonly onRemove: () => Promise<void>
}

/** A folder of the library: its state, what is left out of it, and its actions. */
export function FolderItem({ folder, onRemove }: FolderItemProps) {
  const { id, path, isDemo } = folder
  const name = isDemo ? m.common_demo_album() : isolate(folderName(path))
  const [isLeaving, setIsLeaving] = useState(false)
  const leaveOut = useRef<HTMLButtonElement>(null)
  const remove = async () => {
    setIsLeaving(true)
    await onRemove()
    setIsLeaving(false)
  }
  return (
    <li className={styles.folder}>
      <Folder className={styles.icon} aria-hidden="true" />
      <p className={styles.path} title={path}>
        {/* The end of a path identifies the folder, so the beginning is truncated. */}
        <bdi>{isDemo ? name : path}</bdi>
      </p>
      <div className={styles.buttons}>
        {!isDemo && (
          <Button
            ref={leaveOut}
            quiet
            disabled={folder.state !== 'present'}
            aria-label={m.settings_folder_leave_out_name({ folder: name })}
            onClick={() => openFolderDialog({ kind: 'exclude', below: id })}
          >
            {m.settings_folder_leave_out()}
          </Button>
        )}
        <Button
          quiet
          disabled={isLeaving}
          aria-label={m.settings_folder_remove_name({ folder: name })}
          onClick={remove}
        >
          {m.settings_folder_remove()}
        </Button>
      </div>
      <div className={styles.details}>
        <p className={styles.quiet}>{folderSummary(folder)}</p>
        {folderProblems(folder).map((problem) => (
          <p key={problem} className={styles.problem}>
            <CircleAlert aria-hidden="true" />
            {problem}
          </p>
        ))}
      </div>
      {folder.excluded.length > 0 && (
        <ExcludedFolders folder={folder} name={name} onIncluded={() => leaveOut.current?.focus()} />
      )}
    </li>
  )
}

interface ExcludedFoldersProps {
  readonly folder: LibraryFolder
  readonly name: string
  readonly onIncluded: () => void
}

function ExcludedFolders({ folder, name, onIncluded }: ExcludedFoldersProps) {
  const host = useHost()
  const include = async (id: number) => {
    await attempt(host.includeFolder(id))
    // The button that had the focus is gone.
    onIncluded()
  }
  return (
    <div className={styles.excluded}>
      <p className={styles.quiet}>{m.library_folder_left_out()}</p>
      <ul aria-label={m.settings_folder_left_out({ folder: name })}>
        {folder.excluded.map(({ id, path }) => (
          <li key={id} className={styles.excludedFolder}>
            <span className={styles.path} title={path}>
              <bdi>{path}</bdi>
            </span>
            <Button
              quiet
              aria-label={m.settings_folder_include_name({ folder: isolate(path) })}
              onClick={() => include(id)}
            >
              {m.settings_folder_include()}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
