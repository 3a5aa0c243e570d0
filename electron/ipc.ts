import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { HostEvent } from '../shared/host-api.ts'
import { channels } from './channels.ts'
import { type CallAnswer, type HostService, isCallName } from './host-service.ts'
import { isPage } from './window.ts'

const refused: CallAnswer = { ok: false, message: 'Only the page of Skein may ask this.' }

/** What a page has running; it ends when the page is loaded again or its window is closed. */
interface PageState {
  unsubscribe: (() => void) | undefined
  stopWatching: (() => void) | undefined
}

/** Answers the page's calls and sends it the events. Every sender and every argument is checked. */
export function serveWindow(service: HostService): void {
  const pages = new WeakMap<WebContents, PageState>()

  const stateOf = (contents: WebContents): PageState => {
    let state = pages.get(contents)
    if (state === undefined) {
      state = { unsubscribe: undefined, stopWatching: undefined }
      pages.set(contents, state)
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) end(stateOf(contents))
      })
      contents.on('destroyed', () => end(stateOf(contents)))
    }
    return state
  }

  ipcMain.handle(channels.call, async (event, name: unknown, args: unknown): Promise<CallAnswer> => {
    if (!isFromPage(event) || typeof name !== 'string' || !isCallName(name)) return refused
    return await service.call(name, args)
  })

  ipcMain.handle(channels.subscribe, (event): CallAnswer => {
    if (!isFromPage(event)) return refused
    const state = stateOf(event.sender)
    state.unsubscribe?.()
    state.unsubscribe = service.subscribe((hostEvent) => tell(event.sender, hostEvent))
    return { ok: true, value: undefined }
  })

  ipcMain.handle(channels.watchThreads, (event, on: unknown): CallAnswer => {
    if (!isFromPage(event)) return refused
    const state = stateOf(event.sender)
    state.stopWatching?.()
    state.stopWatching =
      on === true ? service.watchThreads((view) => tell(event.sender, { kind: 'threads', view })) : undefined
    return { ok: true, value: undefined }
  })
}

function isFromPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPage(senderFrame.url)
}

function tell(contents: WebContents, event: HostEvent): void {
  if (!contents.isDestroyed()) contents.send(channels.event, event)
}

function end(state: PageState): void {
  state.unsubscribe?.()
  state.stopWatching?.()
  state.unsubscribe = undefined
  state.stopWatching = undefined
}
