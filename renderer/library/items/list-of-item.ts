import type { LibraryList, ListItem } from '../../../shared/library/library-list.ts'

/** Returns the list that an item opens; undefined for items that are no lists. */
export function listOfItem(item: ListItem): LibraryList | undefined {
  switch (item.kind) {
    case 'album':
    case 'artist':
    case 'genre':
      return { kind: item.kind, key: item.key }
    case 'year':
      return { kind: 'year', year: item.year }
    case 'folder':
      return { kind: 'folder', path: item.path }
    case 'heading':
      return item.of.kind === 'album' ? { kind: 'album', key: item.of.key } : undefined
    default:
      return undefined
  }
}
