import { Ellipsis, ListPlus, Play, Shuffle } from 'lucide-react'
import type { ReactNode } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { joinIsolated } from '../../../shared/isolate-text.ts'
import type { LibraryList, ListSummary } from '../../../shared/library/library-list.ts'
import { openListMenu, shuffleNext } from '../../session/item-actions.ts'
import { enqueueItems, playItems } from '../../session/list-requests.ts'
import { openList } from '../../session/navigation.ts'
import { Button } from '../../ui/button.tsx'
import { CoverPicture } from '../../ui/cover.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { menuPosition } from '../../ui/utils/menu-position.ts'
import { albumArtist, contentText, groupText, itemTitle, yearText } from '../items/item-text.ts'
import { FolderPath } from './folder-path.tsx'
import styles from './page-header.module.css'

type ListOwner = NonNullable<ListSummary['of']>

interface PageHeaderProps {
  readonly list: LibraryList
  readonly summary: ListSummary
}

/** The head of the page of an album, an artist, a genre, a year or a folder: what it is, and how to play all of it. */
export function PageHeader({ list, summary }: PageHeaderProps) {
  const owner = summary.of
  if (owner === undefined) return null
  const { count } = summary
  const isFolder = owner.kind === 'folder'
  return (
    <div className={styles.header} data-kind={owner.kind}>
      {(owner.kind === 'album' || (owner.kind === 'artist' && owner.cover !== undefined)) && (
        <CoverPicture cover={owner.cover} name={itemTitle(owner)} size={400} className={styles.cover} />
      )}
      <div className={styles.words}>
        <p className={styles.kind}>{kindText(owner)}</p>
        <h2 className={styles.title} tabIndex={-1} data-page-title>
          {isFolder ? <FolderPath path={owner.path} /> : itemTitle(owner)}
        </h2>
        <Credits owner={owner} summary={summary} />
        <div className={styles.actions}>
          <Button primary disabled={count === 0} onClick={() => playItems(0, count)}>
            <Play fill="currentColor" aria-hidden="true" />
            {isFolder ? m.library_play_folder() : m.player_play()}
          </Button>
          <Button
            disabled={count === 0}
            onClick={() => {
              shuffleNext()
              playItems(0, count)
            }}
          >
            <Shuffle aria-hidden="true" />
            {m.player_shuffle()}
          </Button>
          <Button disabled={count === 0} onClick={() => enqueueItems('end', 0, count)}>
            <ListPlus aria-hidden="true" />
            {m.library_add_to_up_next()}
          </Button>
          <IconButton
            name={m.library_more_actions()}
            onClick={(event) => openListMenu(menuPosition(event.nativeEvent), list, owner)}
          >
            <Ellipsis aria-hidden="true" />
          </IconButton>
        </div>
      </div>
    </div>
  )
}

function kindText(owner: ListOwner): string {
  switch (owner.kind) {
    case 'album':
      return m.library_column_album()
    case 'artist':
      return m.library_column_artist()
    case 'genre':
      return m.library_column_genre()
    case 'year':
      return m.library_column_year()
    case 'folder':
      return m.library_kind_folder()
  }
}

/** Who made it, and what it contains. */
function Credits({
  owner,
  summary,
}: {
  readonly owner: ListOwner
  readonly summary: ListSummary
}): ReactNode {
  const content = contentText(summary.trackCount, summary.duration)
  if (owner.kind === 'album') {
    const artist = albumArtist(owner)
    const { artistKey } = owner
    return (
      <p className={styles.credits}>
        {artist !== '' &&
          (artistKey === undefined ? (
            artist
          ) : (
            <button
              type="button"
              className={styles.link}
              onClick={() => openList({ kind: 'artist', key: artistKey })}
            >
              {artist}
            </button>
          ))}
        {artist !== '' && ' · '}
        {joinIsolated([datesText(owner), content], ' · ')}
      </p>
    )
  }
  return <p className={styles.credits}>{owner.kind === 'folder' ? content : groupText(owner)}</p>
}

/** Returns the year of the first release, with that of this one if it is another. */
function datesText(album: Extract<ListOwner, { kind: 'album' }>): string {
  const first = yearText(album)
  const release = album.date?.slice(0, 4)
  return release === undefined || release === first ? first : m.library_reissued({ first, release })
}
