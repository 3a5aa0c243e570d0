import type { ListItem } from './library-list.ts'

/** Returns the name of an item, such as the title of an album; undefined for a heading and for tracks without an album. */
export function nameOfItem(item: ListItem): string | undefined {
  switch (item.kind) {
    case 'album':
    case 'missing':
      return item.title
    case 'artist':
    case 'genre':
    case 'folder':
      return item.name
    case 'year':
      return String(item.year)
    case 'track':
      return item.track.title
    case 'heading':
      return undefined
  }
}
