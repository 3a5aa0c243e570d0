import type { LibraryList } from '../../shared/library/library-list.ts'
import type { ViewName } from '../../shared/player/messages.ts'

/** What the window shows, as its address names it. */
export interface WindowLocation {
  readonly view: ViewName
  /** The list of the library, also while another view is shown. */
  readonly list: LibraryList
  /** The text that the library is searched for. */
  readonly query: string
}

const listNames = {
  albums: 'albums',
  artists: 'artists',
  genres: 'genres',
  years: 'years',
  tracks: 'tracks',
  recentlyAdded: 'recently-added',
  recentlyPlayed: 'recently-played',
  mostPlayed: 'most-played',
} as const satisfies Partial<Record<LibraryList['kind'], string>>

type NamedKind = keyof typeof listNames

const kindsByName = new Map<string, NamedKind>(
  Object.entries(listNames).map(([kind, name]) => [name, kind as NamedKind]),
)

/** Returns the hash of an address, such as `#library/artist/abba` or `#library/tracks?search=abba`. */
export function formatLocation({ view, list, query }: WindowLocation): string {
  if (view !== 'library') return `#${view}`
  const search = query === '' ? '' : `?search=${encode(query)}`
  return `#library/${formatList(list)}${search}`
}

/**
 * Returns the location of an address, as far as it names one: the view and, for the library, its list and its search.
 * Unknown and damaged addresses name nothing.
 */
export function parseLocation(hash: string, views: readonly ViewName[]): Partial<WindowLocation> {
  const [, path = '', parameters = ''] = /^#([^?]*)(?:\?(.*))?$/s.exec(hash) ?? []
  const [name, ...rest] = path.split('/')
  const view = views.find((known) => known === name)
  if (view === undefined) return {}
  if (view !== 'library') return { view }
  const list = parseList(rest)
  return list === undefined
    ? { view }
    : { view, list, query: decode(/^search=(.*)$/s.exec(parameters)?.[1] ?? '') ?? '' }
}

/** Returns a text that is equal for equal lists only. */
export const listAddress = (list: LibraryList): string => formatList(list)

function formatList(list: LibraryList): string {
  switch (list.kind) {
    case 'album':
    case 'artist':
    case 'genre':
      return `${list.kind}/${encode(list.key)}`
    case 'folder':
      return list.path === '' ? 'folders' : `folder/${encode(list.path)}`
    case 'year':
      return `year/${list.year}`
    case 'playlist':
      return `playlist/${list.id}`
    default:
      return listNames[list.kind]
  }
}

function parseList([name = '', ...rest]: readonly string[]): LibraryList | undefined {
  if (name === 'folders') return { kind: 'folder', path: '' }
  const kind = kindsByName.get(name)
  if (kind !== undefined) return { kind }
  const value = decode(rest.join('/'))
  if (value === undefined || value === '') return undefined
  if (name === 'folder') return { kind: 'folder', path: value }
  if (name === 'album' || name === 'artist' || name === 'genre') return { kind: name, key: value }
  const number = /^\d{1,15}$/.test(value) ? Number(value) : undefined
  if (number === undefined) return undefined
  if (name === 'year') return { kind: 'year', year: number }
  return name === 'playlist' ? { kind: 'playlist', id: number } : undefined
}

/** Like `encodeURIComponent`, but keeps slashes, and survives names that are not valid Unicode. */
const encode = (text: string): string => encodeURIComponent(text.toWellFormed()).replaceAll('%2F', '/')

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
