import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron'
import { type HostEvent, isHostCallName } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import type { CallResult } from '../host/host-calls.ts'
import type { HostService } from '../host/host-service.ts'
import { pollThreads } from '../host/thread-polling.ts'
import { ipcChannels } from './ipc-channels.ts'

const refusedResult = (): CallResult => ({ ok: false, message: m.host_not_the_page() })

/** What a page has running; it ends when the page is loaded again or its window is closed. */
interface PageState {
  unsubscribe: (() => void) | undefined
  stopWatching: (() => void) | undefined
}

export interface PageServerOptions {
  readonly service: Pick<HostService, 'call' | 'events'>
  readonly ipcMain: Pick<IpcMain, 'handle'>
  readonly isPageAddress: (address: string) => boolean
}

/** Serves the page's calls and sends it the events. Every sender and every argument is checked. */
export function servePage({ service, ipcMain, isPageAddress }: PageServerOptions): void {
  const pages = new WeakMap<WebContents, PageState>()

  const isFromPage = ({ senderFrame }: IpcMainInvokeEvent): boolean =>
    senderFrame !== null && senderFrame.parent === null && isPageAddress(senderFrame.url)

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
    if (!isFromPage(event) || !isHostCallName(name)) return refusedResult()
    return await service.call(name, args)
  })

  ipcMain.handle(ipcChannels.subscribe, (event): CallResult => {
    if (!isFromPage(event)) return refusedResult()
    const state = stateOf(event.sender)
    state.unsubscribe?.()
    state.unsubscribe = service.events.subscribe((hostEvent) => sendEvent(event.sender, hostEvent))
    return { ok: true, value: undefined }
  })

  ipcMain.handle(ipcChannels.watchThreads, (event, on: unknown): CallResult => {
    if (!isFromPage(event)) return refusedResult()
    const state = stateOf(event.sender)
    state.stopWatching?.()
    state.stopWatching =
      on === true ? pollThreads((view) => sendEvent(event.sender, { kind: 'threads', view })) : undefined
    return { ok: true, value: undefined }
  })
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
