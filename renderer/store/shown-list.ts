import type {
  ItemSelection,
  ListItem,
  ListItems,
  ListRequest,
  ListSummary,
} from '../../shared/library/library-list.ts'

export const pageSize = 50
/** The maximum number of pages in the window. The input thread has the whole list. */
const maxPages = 40

interface ItemPage {
  readonly version: number
  readonly items: readonly ListItem[]
}

/** The list that the views show: what was requested, and as much as the input thread has sent of it. */
export interface ShownList {
  /** The newest request. */
  readonly requested: ListRequest
  /** The request of `summary` and `pages`, an earlier one until the newest is answered. */
  readonly received: ListRequest | undefined
  readonly summary: ListSummary | undefined
  /** Items by index divided by the page size. Those of an earlier version are shown until the new ones arrive. */
  readonly pages: ReadonlyMap<number, ItemPage>
}

export const initialShownList: ShownList = {
  requested: {
    request: 0,
    list: { kind: 'tracks' },
    text: '',
    sort: [{ column: 'artist', descending: false }],
    from: 0,
    count: pageSize * 2,
  },
  received: undefined,
  summary: undefined,
  pages: new Map(),
}

/** Returns the list with a new summary. The items of another request are dropped. */
export function withSummary(list: ShownList, summary: ListSummary, items: ListItems): ShownList {
  if (summary.request !== list.requested.request) return list
  const isSameRequest = list.received?.request === summary.request
  const received = {
    ...list,
    received: list.requested,
    summary,
    pages: isSameRequest ? list.pages : new Map(),
  }
  return withItems(received, items)
}

/** Returns the list with items. They begin at a page and end with one, or with the list. */
export function withItems(list: ShownList, { request, version, from, items }: ListItems): ShownList {
  if (request !== list.summary?.request || version !== list.summary.version) return list
  const pages = new Map(list.pages)
  for (let start = 0; start < items.length; start += pageSize) {
    const page = Math.floor((from + start) / pageSize)
    // The last pages of the map are the newest.
    pages.delete(page)
    pages.set(page, { version, items: items.slice(start, start + pageSize) })
  }
  for (const page of pages.keys()) {
    if (pages.size <= maxPages) break
    pages.delete(page)
  }
  return { ...list, pages }
}

/** Returns an item; undefined if it has not arrived. */
export function itemAt({ pages }: ShownList, index: number): ListItem | undefined {
  return pages.get(Math.floor(index / pageSize))?.items[index % pageSize]
}

/** Whether the items of the page are those of the present version. */
export function isPageCurrent({ pages, summary }: ShownList, page: number): boolean {
  const { version } = pages.get(page) ?? {}
  return version !== undefined && version === summary?.version
}

/** Returns a selection of the list as it is shown: pairs of the first index and the index after the last one. */
export function selectionOf({ summary, pages }: ShownList, ...ranges: readonly number[]): ItemSelection {
  const shown = pages.get(Math.floor((ranges[0] ?? 0) / pageSize))?.version
  return {
    request: summary?.request ?? 0,
    version: shown ?? summary?.version ?? 0,
    ranges: Int32Array.from(ranges),
  }
}
