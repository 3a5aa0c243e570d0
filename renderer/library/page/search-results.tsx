// biome-ignore-all lint/a11y/useSemanticElements: a card contains blocks, which a button does not allow
import { useId } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { AlbumItem, ArtistItem, ListSummary } from '../../../shared/library/library-list.ts'
import { openListMenu, playTarget } from '../../session/item-actions.ts'
import { openList } from '../../session/navigation.ts'
import { menuPosition } from '../../ui/utils/menu-position.ts'
import { AlbumCard, WideCard } from '../item-grid/item-card.tsx'
import { listOfItem } from '../items/list-of-item.ts'
import styles from './search-results.module.css'

/** The artists and albums that match a search, above its tracks. */
export function SearchResults({ summary }: { readonly summary: ListSummary }) {
  return (
    <>
      <ResultStrip name={m.library_tab_artists()} items={summary.artists} />
      <ResultStrip name={m.library_tab_albums()} items={summary.albums} />
      {(summary.artists.length > 0 || summary.albums.length > 0) && summary.count > 0 && (
        <h2 className={styles.heading}>{m.library_tracks()}</h2>
      )}
    </>
  )
}

interface ResultStripProps {
  readonly name: string
  readonly items: readonly (AlbumItem | ArtistItem)[]
}

function ResultStrip({ name, items }: ResultStripProps) {
  const heading = useId()
  if (items.length === 0) return null
  return (
    <section className={styles.strip} aria-labelledby={heading}>
      <h2 className={styles.heading} id={heading}>
        {name}
      </h2>
      <ul className={styles.items} data-kind={items[0]?.kind}>
        {items.map((item) => (
          <li key={item.key}>
            <ResultCard item={item} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function ResultCard({ item }: { readonly item: AlbumItem | ArtistItem }) {
  const list = listOfItem(item)
  if (list === undefined) return null
  return (
    <div
      className={styles.card}
      role="button"
      tabIndex={0}
      onClick={(event) => {
        const isPlay = event.target instanceof Element && event.target.closest('[data-play]')
        if (isPlay) void playTarget({ kind: 'list', list, item })
        else openList(list)
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== ' ') return
        event.preventDefault()
        openList(list)
      }}
      onContextMenu={(event) => {
        event.preventDefault()
        openListMenu(menuPosition(event.nativeEvent), list, item)
      }}
    >
      {item.kind === 'album' ? <AlbumCard album={item} /> : <WideCard item={item} />}
    </div>
  )
}
