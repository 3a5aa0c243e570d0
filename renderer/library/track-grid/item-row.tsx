// biome-ignore-all lint/a11y/useSemanticElements: a virtual list needs rows with free positions, which a table does not allow
import { memo, type ReactNode } from 'react'
import type { ListItem } from '../../../shared/library/library-list.ts'
import { classes } from '../../ui/utils/classes.ts'
import { FolderCell, HeadingCell, MissingCell } from './other-cells.tsx'
import { TrackCells } from './track-cells.tsx'
import type { TrackColumn } from './track-columns.ts'
import styles from './track-grid.module.css'

interface ItemRowProps {
  /** Undefined until it arrives. */
  readonly item: ListItem | undefined
  readonly index: number
  /** Distance from the first row in CSS pixels. */
  readonly top: number
  /** The columns that fit, of the chosen ones. */
  readonly columns: readonly TrackColumn[]
  readonly chosen: readonly TrackColumn[]
  readonly isSelected: boolean
  /** Whether this row is the tab stop of the grid. */
  readonly isTabStop: boolean
  readonly isCurrent: boolean
  readonly isPlaying: boolean
}

/** One item of the grid, which handles the events of all rows. */
export const ItemRow = memo(function ItemRow(props: ItemRowProps) {
  const { item, index, top, isSelected, isTabStop, isCurrent } = props
  const track = item?.kind === 'track' ? item.track : undefined
  const isHeading = item?.kind === 'heading'
  return (
    <div
      className={classes(styles.row, isHeading && styles.headingRow)}
      role="row"
      data-index={index}
      aria-rowindex={index + 2}
      aria-selected={isHeading ? undefined : isSelected}
      aria-current={isCurrent || undefined}
      data-unplayable={track && (!track.isPlayable || track.unavailable !== undefined) ? true : undefined}
      tabIndex={isTabStop ? 0 : -1}
      style={{ transform: `translateY(${top}px)` }}
    >
      <Cells {...props} />
    </div>
  )
})

function Cells({ item, columns, chosen, isCurrent, isPlaying }: ItemRowProps): ReactNode {
  switch (item?.kind) {
    case 'heading':
      return <HeadingCell heading={item} span={chosen.length} />
    case 'folder':
      return <FolderCell folder={item} span={chosen.length} />
    case 'missing':
      return <MissingCell missing={item} span={chosen.length} />
    default:
      return (
        <TrackCells
          item={item?.kind === 'track' ? item : undefined}
          columns={columns}
          chosen={chosen}
          isCurrent={isCurrent}
          isPlaying={isPlaying}
        />
      )
  }
}
