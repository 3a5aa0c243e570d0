import { ArrowUp, Folder } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import { errorMessage } from '../../shared/error-message.ts'
import type { FolderListing, HostApi } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { openDialog, showLibrary } from '../session/actions.ts'
import { type FolderRequest, useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { IconButton } from '../ui/icon-button.tsx'
import { formatNumber } from '../ui/utils/format.ts'
import styles from './folder-dialog.module.css'

/** Chooses a folder of the host's machine if the host has no dialog of its own. */
export function FolderDialog() {
  const host = useHost()
  const request = useWindow((state) => state.folderRequest)
  const start = request.kind === 'exclude' ? request.below : undefined
  const { listing, failure, go, choose } = useFolderBrowser(start, () => close(request))
  const excluded = useExcludedFolders(request)
  const isStart = listing?.id === start
  const up = isStart ? undefined : listing?.parent
  const texts = textsOf(request)
  const list = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: the list element changes with the folder
  useEffect(() => list.current?.focus(), [listing?.id])
  return (
    <Dialog title={texts.title} onClose={() => openDialog(undefined)}>
      <div className={styles.where}>
        <IconButton
          name={m.library_parent_folder()}
          hint={false}
          disabled={up === undefined}
          onClick={() => go(up)}
        >
          <ArrowUp aria-hidden="true" />
        </IconButton>
        <p className={styles.path} title={listing?.path}>
          {/* The end of a path identifies the folder, so the beginning is truncated. */}
          <bdi>{listing?.path ?? (failure === undefined && m.library_looking())}</bdi>
        </p>
      </div>
      {failure !== undefined && (
        <p className={styles.failure} role="alert">
          {failure}
        </p>
      )}
      {/* biome-ignore lint/a11y/noStaticElementInteractions: a shortcut for the button above; the list itself takes the other keys */}
      <div
        className={styles.frame}
        onKeyDown={(event) => {
          if (event.key === 'Backspace' && up !== undefined) go(up)
        }}
      >
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: 40, padding: 8 }}>
          <ListBox
            key={listing?.id ?? -1}
            className={styles.list ?? ''}
            aria-label={m.library_folders()}
            ref={list}
            items={listing?.folders ?? []}
            onAction={(id) => go(Number(id))}
            renderEmptyState={() =>
              listing && <p className={styles.none}>{m.library_no_folders_in_this_one()}</p>
            }
          >
            {(folder) => (
              <ListBoxItem className={styles.folder ?? ''} textValue={folder.name}>
                <Folder aria-hidden="true" />
                <span className={styles.name} title={folder.name}>
                  {folder.name}
                </span>
                {excluded.has(folder.id) && (
                  <span className={styles.excluded}>{m.library_folder_left_out()}</span>
                )}
              </ListBoxItem>
            )}
          </ListBox>
        </Virtualizer>
      </div>
      <div className={styles.actions}>
        <p className={styles.files}>{listing && audioFilesText(listing.audioFiles)}</p>
        <Button onClick={() => openDialog(undefined)}>{m.library_cancel()}</Button>
        <Button
          primary
          disabled={!listing || isStart || excluded.has(listing.id)}
          onClick={() => listing && choose(perform(host, request, listing.id))}
        >
          {texts.action}
        </Button>
      </div>
    </Dialog>
  )
}

function close({ kind }: FolderRequest): void {
  openDialog(undefined)
  if (kind === 'open') showLibrary()
}

function textsOf({ kind }: FolderRequest): { readonly title: string; readonly action: string } {
  switch (kind) {
    case 'open':
      return { title: m.library_choose_a_folder(), action: m.library_open_this_folder() }
    case 'add':
      return { title: m.library_add_a_folder(), action: m.library_add_this_folder() }
    case 'exclude':
      return { title: m.library_leave_out_a_folder(), action: m.library_leave_out_this_folder() }
  }
}

async function perform(host: HostApi, { kind }: FolderRequest, id: number): Promise<void> {
  if (kind === 'open') await host.openFolder(id)
  else if (kind === 'add') await host.addFolder(id)
  else await host.excludeFolder(id)
}

/** Returns the folders that are left out already. */
function useExcludedFolders(request: FolderRequest): ReadonlySet<number> {
  const folders = useWindow((state) => state.libraryFolders)
  const folder = request.kind === 'exclude' && folders.find(({ id }) => id === request.below)
  return new Set((folder || undefined)?.excluded.map(({ id }) => id))
}

const audioFilesText = (files: number): string =>
  files === 0
    ? m.library_no_files_directly_in_folder()
    : m.library_files_directly_in_folder({ count: files, number: formatNumber(files) })

interface FolderBrowser {
  readonly listing: FolderListing | undefined
  readonly failure: string | undefined
  /** Lists a folder, or the home folder. */
  readonly go: (id: number | undefined) => void
  /** Waits for what the host does with the folder. */
  readonly choose: (choosing: Promise<void>) => void
}

/** The present folder. If another one cannot be listed, the present one stays and `failure` is the reason. */
function useFolderBrowser(start: number | undefined, onChosen: () => void): FolderBrowser {
  const host = useHost()
  const [listing, setListing] = useState<FolderListing>()
  const [failure, setFailure] = useState<string>()
  const go = (id: number | undefined) => {
    host.listFolders(id).then(
      (next) => {
        setListing(next)
        setFailure(undefined)
      },
      (error: unknown) => setFailure(errorMessage(error)),
    )
  }
  const choose = (choosing: Promise<void>) => {
    choosing.then(onChosen, (error: unknown) => setFailure(errorMessage(error)))
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: the first folder is listed once, when the dialog opens
  useEffect(() => go(start), [])
  return { listing, failure, go, choose }
}
