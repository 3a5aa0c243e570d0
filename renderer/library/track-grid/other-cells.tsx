// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
// biome-ignore-all lint/a11y/useFocusableInteractive: the focus goes to the rows
import { ChevronRight, Disc3, FileX2, Folder } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import { joinIsolated } from '../../../shared/isolate-text.ts'
import type { FolderItem, HeadingItem, MissingItem } from '../../../shared/library/library-list.ts'
import { CoverPicture } from '../../ui/cover.tsx'
import { formatNumber } from '../../ui/utils/format.ts'
import { albumTitle, yearText } from '../items/item-text.ts'
import styles from './other-cells.module.css'

interface HeadingCellProps {
  readonly heading: HeadingItem
  /** The number of columns. */
  readonly span: number
}

/** The heading of a disc, or of an album, which it opens. */
export function HeadingCell({ heading: { of }, span }: HeadingCellProps) {
  if (of.kind === 'disc')
    return (
      <div className={styles.cell} role="gridcell" aria-colspan={span} data-heading>
        <Disc3 className={styles.icon} aria-hidden="true" />
        <span className={styles.name}>
          {joinIsolated([m.library_disc({ number: of.disc }), of.subtitle], ' · ')}
        </span>
      </div>
    )
  return (
    <div className={styles.cell} role="gridcell" aria-colspan={span} data-heading>
      <CoverPicture cover={of.cover} name={of.title ?? ''} size={128} className={styles.cover} />
      <span className={styles.name} title={of.title}>
        {albumTitle(of)}
      </span>
      <span className={styles.more}>{yearText(of)}</span>
      <ChevronRight className={styles.open} aria-hidden="true" />
    </div>
  )
}

interface FolderCellProps {
  readonly folder: FolderItem
  readonly span: number
}

export function FolderCell({ folder, span }: FolderCellProps) {
  return (
    <div className={styles.cell} role="gridcell" aria-colspan={span}>
      <Folder className={styles.icon} aria-hidden="true" />
      <span className={styles.name} title={folder.name}>
        {folder.name}
      </span>
      <span className={styles.more}>
        {m.library_track_count({ count: folder.trackCount, number: formatNumber(folder.trackCount) })}
      </span>
    </div>
  )
}

interface MissingCellProps {
  readonly missing: MissingItem
  readonly span: number
}

/** An entry of a playlist whose file the library does not have. */
export function MissingCell({ missing, span }: MissingCellProps) {
  return (
    <div className={styles.cell} role="gridcell" aria-colspan={span} data-missing>
      <FileX2 className={styles.icon} aria-hidden="true" />
      <span className={styles.name} title={missing.location}>
        {joinIsolated([missing.title, missing.artist], ' · ')}
      </span>
      <span className={styles.more}>{m.library_missing_file()}</span>
    </div>
  )
}
