import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import type { HostEvent } from '../../shared/host-api.ts'
import { type CallResult, type HostService, isCallName } from '../host/host-service.ts'
import { ipcChannels } from './ipc-channels.ts'
import { isPageAddress } from './window.ts'

const refusedResult: CallResult = { ok: false, message: 'Only the page of Skein may ask this.' }

/** What a page has running; it ends when the page is loaded again or its window is closed. */
interface PageState {
  unsubscribe: (() => void) | undefined
  stopWatching: (() => void) | undefined
}

/** Answers the page's calls and sends it the events. Every sender and every argument is checked. */
export function servePage(service: HostService): void {
  const pages = new WeakMap<WebContents, PageState>()

  const stateOf = (contents: WebContents): PageState => {
    let state = pages.get(contents)
    if (state === undefined) {
      state = { unsubscribe: undefined, stopWatching: undefined }
      pages.set(contents, state)
      contents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
        if (isMainFrame && !isSameDocument) endSubscriptions(stateOf(contents))
      })
      contents.on('destroyed', () => endSubscriptions(stateOf(contents)))
    }
    return state
  }

  ipcMain.handle(ipcChannels.call, async (event, name: unknown, args: unknown): Promise<CallResult> => {
    if (!isFromPage(event) || typeof name !== 'string' || !isCallName(name)) return refusedResult
    return await service.call(name, args)
  })

  ipcMain.handle(ipcChannels.subscribe, (event): CallResult => {
    if (!isFromPage(event)) return refusedResult
    const state = stateOf(event.sender)
    state.unsubscribe?.()
    state.unsubscribe = service.subscribe((hostEvent) => sendEvent(event.sender, hostEvent))
    return { ok: true, value: undefined }
  })

  ipcMain.handle(ipcChannels.watchThreads, (event, on: unknown): CallResult => {
    if (!isFromPage(event)) return refusedResult
    const state = stateOf(event.sender)
    state.stopWatching?.()
    state.stopWatching =
      on === true
        ? service.watchThreads((view) => sendEvent(event.sender, { kind: 'threads', view }))
        : undefined
    return { ok: true, value: undefined }
  })
}

function isFromPage({ senderFrame }: IpcMainInvokeEvent): boolean {
  return senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url)
}

function sendEvent(contents: WebContents, event: HostEvent): void {
  if (!contents.isDestroyed()) contents.send(ipcChannels.event, event)
}

function endSubscriptions(state: PageState): void {
  state.unsubscribe?.()
  state.stopWatching?.()
  state.unsubscribe = undefined
  state.stopWatching = undefined
}
