import type { ItemSelection, LibraryList, ListItem } from '../../shared/library/library-list.ts'
import type { Track, TrackId } from '../../shared/library/track.ts'

/** What the actions of a context menu apply to. */
export type MenuTarget =
  /** Selected items of the shown list. `item` is the one that the menu was opened for. */
  | {
      readonly kind: 'items'
      readonly selection: ItemSelection
      readonly count: number
      readonly item: ListItem
    }
  /** A list, such as an album that is not an item of the shown list. */
  | { readonly kind: 'list'; readonly list: LibraryList; readonly item: ListItem }
  /** Tracks outside of lists, such as those of Up next. */
  | { readonly kind: 'tracks'; readonly tracks: readonly TrackId[]; readonly track: Track }

/** An open context menu. The position is in CSS pixels from the window's corner. */
export interface MenuRequest {
  readonly x: number
  readonly y: number
  readonly target: MenuTarget
}
