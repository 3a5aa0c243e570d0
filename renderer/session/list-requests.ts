import type {
  ItemIdentity,
  ItemSelection,
  LibraryList,
  ListItems,
  ListRequest,
} from '../../shared/library/library-list.ts'
import type { SortOrder } from '../../shared/library/sort.ts'
import type { Answer, QueueEnd } from '../../shared/player/messages.ts'
import {
  isPageCurrent,
  pageSize,
  type ShownList,
  selectionOf,
  withItems,
  withSummary,
} from '../store/shown-list.ts'
import { useWindow } from '../store/window-store.ts'
import { send } from './actions.ts'

type ListAnswer = Extract<Answer, { kind: 'list' | 'items' | 'resolved' | 'located' }>

/** Shows a list from now on. `visible` is the index of the item that the window shows first. */
export function showList(
  list: LibraryList,
  text: string,
  sort: readonly SortOrder[],
  visible = 0,
): ListRequest {
  const { requested } = useWindow.getState().shownList
  if (isSameRequest(requested, { list, text, sort })) return requested
  const from = Math.max(0, Math.floor(visible / pageSize) - 1) * pageSize
  return sendRequest({ request: requested.request + 1, list, text, sort, from, count: 3 * pageSize })
}

/** Requests the shown list again, because another library begins or the input thread is a new one. */
export function requestListAgain(change: Partial<Pick<ListRequest, 'list' | 'text' | 'sort'>> = {}): void {
  const { requested } = useWindow.getState().shownList
  sendRequest({ ...requested, ...change, request: requested.request + 1 })
}

function sendRequest(requested: ListRequest): ListRequest {
  useWindow.setState(({ shownList }) => ({ shownList: { ...shownList, requested } }))
  send({ kind: 'list', ...requested })
  return requested
}

export const isSameRequest = (
  one: Pick<ListRequest, 'list' | 'text' | 'sort'>,
  other: Pick<ListRequest, 'list' | 'text' | 'sort'>,
): boolean =>
  JSON.stringify([one.list, one.text, one.sort]) === JSON.stringify([other.list, other.text, other.sort])

/** Stores what the input thread has sent. */
export function receiveListAnswer(answer: ListAnswer): void {
  switch (answer.kind) {
    case 'list':
      setShownList((list) => withSummary(list, answer.summary, answer.items))
      break
    case 'items':
      receiveItems(answer.items)
      break
    case 'resolved':
      takeWaiter(answer.token)?.(answer.tracks)
      break
    case 'located':
      takeWaiter(answer.token)?.(answer.indexes)
      break
  }
}

function setShownList(change: (list: ShownList) => ShownList): void {
  const { shownList } = useWindow.getState()
  const changed = change(shownList)
  if (changed !== shownList) useWindow.setState({ shownList: changed })
}

let missingPages = new Set<number>()
/** The pages on their way, of one version of the list. */
let pendingPages = { request: 0, version: 0, pages: new Set<number>() }

/** Requests the item at an index, with its page, unless it has arrived or is on its way. Rendering can call it. */
export function requestItem(index: number): void {
  const page = Math.floor(index / pageSize)
  if (isPageCurrent(useWindow.getState().shownList, page)) return
  if (missingPages.size === 0) queueMicrotask(sendMissingPages)
  missingPages.add(page)
}

function sendMissingPages(): void {
  const { summary } = useWindow.getState().shownList
  const missing = [...missingPages].sort((one, other) => one - other)
  missingPages = new Set()
  if (summary === undefined) return
  const { request, version } = summary
  if (pendingPages.request !== request || pendingPages.version !== version)
    pendingPages = { request, version, pages: new Set() }
  for (const page of missing) {
    if (pendingPages.pages.has(page)) continue
    pendingPages.pages.add(page)
    send({ kind: 'items', request, version, from: page * pageSize, count: pageSize })
  }
}

function receiveItems(items: ListItems): void {
  setShownList((list) => withItems(list, items))
  if (items.request === pendingPages.request && items.version === pendingPages.version)
    pendingPages.pages.delete(Math.floor(items.from / pageSize))
}

/** Plays the item at an index: a track with the rest of the list, anything else alone. */
export function playItem(index: number): void {
  const { request, version } = selectionOf(useWindow.getState().shownList, index, index + 1)
  send({ kind: 'playItem', request, version, index })
}

/** Plays items of the shown list. `ranges` are pairs of the first index and the index after the last one. */
export const playItems = (...ranges: readonly number[]): void =>
  send({ kind: 'playItems', ...selectionOf(useWindow.getState().shownList, ...ranges) })

/** Adds items of the shown list to the listener's own queue. */
export const enqueueItems = (at: QueueEnd, ...ranges: readonly number[]): void =>
  send({ kind: 'enqueueItems', at, ...selectionOf(useWindow.getState().shownList, ...ranges) })

let lastToken = 0
const waiters = new Map<number, (result: Int32Array) => void>()

/** Returns the tracks of items of the shown list. */
export async function resolveItems(...ranges: readonly number[]): Promise<Int32Array> {
  const { promise, token } = wait()
  send({ kind: 'resolveItems', token, ...selectionOf(useWindow.getState().shownList, ...ranges) })
  return await promise
}

/** Returns the indexes of items of the shown playlist in the whole playlist, in its own order. */
export async function resolveEntries(...ranges: readonly number[]): Promise<Int32Array> {
  const { promise, token } = wait()
  send({ kind: 'resolveEntries', token, ...selectionOf(useWindow.getState().shownList, ...ranges) })
  return await promise
}

/** Returns the tracks of selected items, also of a list that has changed meanwhile. */
export async function resolveSelection(selection: ItemSelection): Promise<Int32Array> {
  const { promise, token } = wait()
  send({ kind: 'resolveItems', token, ...selection })
  return await promise
}

/** Returns the tracks of any list. */
export async function resolveList(list: LibraryList): Promise<Int32Array> {
  const { promise, token } = wait()
  send({ kind: 'resolveList', token, list })
  return await promise
}

/** Returns what plays after the current song, to the end of the list. */
export async function resolveUpNext(): Promise<Int32Array> {
  const { promise, token } = wait()
  send({ kind: 'resolveUpNext', token })
  return await promise
}

/** Returns the index of the first item of the shown list whose name begins with a text, −1 if there is none. */
export async function findItem(text: string): Promise<number> {
  const { promise, token } = wait()
  send({ kind: 'findItem', token, text })
  const [index = -1] = await promise
  return index
}

/** Returns the present index of each item in the shown list, −1 for those that it does not contain. */
export async function locateItems(items: readonly ItemIdentity[]): Promise<Int32Array> {
  const { promise, token } = wait()
  send({ kind: 'locateItems', token, items })
  return await promise
}

/** The input thread is a new one: what was requested from its predecessor does not arrive any more. */
export function forgetPendingRequests(): void {
  pendingPages = { request: 0, version: 0, pages: new Set() }
  for (const resolve of waiters.values()) resolve(new Int32Array(0))
  waiters.clear()
}

function wait(): { readonly promise: Promise<Int32Array>; readonly token: number } {
  const { promise, resolve } = Promise.withResolvers<Int32Array>()
  const token = ++lastToken
  waiters.set(token, resolve)
  return { promise, token }
}

function takeWaiter(token: number): ((result: Int32Array) => void) | undefined {
  const waiter = waiters.get(token)
  waiters.delete(token)
  return waiter
}
