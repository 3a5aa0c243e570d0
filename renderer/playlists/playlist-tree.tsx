import { ChevronRight, GripVertical } from 'lucide-react'
import { type KeyboardEvent, useState } from 'react'
import {
  Button,
  Collection,
  type Key,
  Tree,
  TreeItem,
  TreeItemContent,
  useDragAndDrop,
} from 'react-aria-components'
import type { HostApi } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { Playlist, PlaylistId } from '../../shared/library/playlists/playlist.ts'
import { useHost } from '../host/host-context.ts'
import { attempt } from '../session/actions.ts'
import { showPlaylist } from '../session/playlist-actions.ts'
import { useWindow } from '../store/window-store.ts'
import { PlaylistIcon } from './playlist-icon.tsx'
import { createNodes, isWithin, type PlaylistNode, siblingsWithout } from './playlist-nodes.ts'
import styles from './playlist-tree.module.css'

/** The playlists and their folders. They are moved by dragging, or with Alt and the arrow keys. */
export function PlaylistTree({ shown }: { readonly shown: PlaylistId }) {
  const host = useHost()
  const playlists = useWindow((state) => state.playlists)
  const [expanded, setExpanded] = useState<ReadonlySet<Key>>(new Set())
  const { dragAndDropHooks } = useDragAndDrop({
    getItems: (keys) => [...keys].map((key) => ({ 'skein-playlist': String(key) })),
    getDropOperation: (target) =>
      target.type === 'item' && target.dropPosition === 'on' && kindOf(playlists, target.key) !== 'folder'
        ? 'cancel'
        : 'move',
    onMove: ({ keys, target }) => {
      const [id] = [...keys].map(Number)
      if (id !== undefined)
        void attempt(moveTo(host, playlists, id, { id: Number(target.key), position: target.dropPosition }))
    },
  })
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowUp: -1, ArrowDown: 1 }[event.key]
    const id = event.target instanceof Element ? idOf(event.target) : undefined
    if (!event.altKey || step === undefined || id === undefined) return
    event.preventDefault()
    event.stopPropagation()
    void attempt(moveBy(host, playlists, id, step))
  }
  return (
    <div className={styles.frame} onKeyDownCapture={onKeyDown}>
      <Tree
        className={styles.tree ?? ''}
        aria-label={m.playlists_lists()}
        items={createNodes(playlists)}
        selectionMode="single"
        selectionBehavior="replace"
        disallowEmptySelection
        selectedKeys={[shown]}
        onSelectionChange={(keys) => {
          const [key] = keys === 'all' ? [] : [...keys]
          if (key !== undefined) showPlaylist(Number(key))
        }}
        expandedKeys={expanded}
        onExpandedChange={setExpanded}
        dragAndDropHooks={dragAndDropHooks}
      >
        {(node) => <PlaylistItem node={node} />}
      </Tree>
    </div>
  )
}

function PlaylistItem({ node: { id, playlist, children } }: { readonly node: PlaylistNode }) {
  return (
    <TreeItem id={id} textValue={playlist.name} className={styles.item ?? ''} data-playlist={id}>
      <TreeItemContent>
        {({ hasChildItems }) => (
          <div className={styles.content}>
            {hasChildItems ? (
              <Button slot="chevron" className={styles.chevron ?? ''}>
                <ChevronRight aria-hidden="true" />
              </Button>
            ) : (
              <span className={styles.chevron} />
            )}
            <PlaylistIcon kind={playlist.kind} />
            <span className={styles.name} title={playlist.name}>
              {isolate(playlist.name)}
            </span>
            <Button slot="drag" className={styles.grip ?? ''}>
              <GripVertical aria-hidden="true" />
            </Button>
          </div>
        )}
      </TreeItemContent>
      <Collection items={children}>{(child) => <PlaylistItem node={child} />}</Collection>
    </TreeItem>
  )
}

const kindOf = (playlists: readonly Playlist[], key: Key): Playlist['kind'] | undefined =>
  playlists.find(({ id }) => id === Number(key))?.kind

function idOf(element: Element): PlaylistId | undefined {
  const key = element.closest<HTMLElement>('[role=row][data-key]')?.dataset.key
  return key === undefined ? undefined : Number(key)
}

interface Target {
  readonly id: PlaylistId
  readonly position: 'before' | 'on' | 'after'
}

async function moveTo(
  host: HostApi,
  playlists: readonly Playlist[],
  id: PlaylistId,
  target: Target,
): Promise<void> {
  // A playlist that is dropped on itself stays, and so does a folder that is dropped into itself.
  if (isWithin(playlists, target.id, id)) return
  if (target.position === 'on') {
    const index = siblingsWithout(playlists, target.id, id).length
    return await host.movePlaylist(id, target.id, index)
  }
  const parent = playlists.find((playlist) => playlist.id === target.id)?.parent ?? 0
  const index = siblingsWithout(playlists, parent, id).indexOf(target.id)
  await host.movePlaylist(id, parent, target.position === 'before' ? index : index + 1)
}

/** Moves a playlist within its folder. */
async function moveBy(
  host: HostApi,
  playlists: readonly Playlist[],
  id: PlaylistId,
  step: number,
): Promise<void> {
  const playlist = playlists.find((candidate) => candidate.id === id)
  if (playlist === undefined) return
  const siblings = playlists.filter(({ parent }) => parent === playlist.parent).map((sibling) => sibling.id)
  const index = siblings.indexOf(id) + step
  if (index >= 0 && index < siblings.length) await host.movePlaylist(id, playlist.parent, index)
}
