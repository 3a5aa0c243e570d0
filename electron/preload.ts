import { contextBridge, ipcRenderer } from 'electron'
import { forwardHostCalls, type HostApi, type HostEvent } from '../shared/host-api.ts'
import type { CallResult } from './host/host-calls.ts'
import { ipcChannels } from './window/ipc-channels.ts'

/** What the page gets of its host, as `window.skeinHost`. */
type Bridge = Omit<HostApi, 'kind' | 'trackUrl' | 'coverUrl'>

function unwrap(result: CallResult): unknown {
  if (!result.ok) throw new Error(result.message)
  return result.value
}

const bridge: Bridge = {
  ...forwardHostCalls(async (name, args) => unwrap(await ipcRenderer.invoke(ipcChannels.call, name, args))),
  async watchThreads(on) {
    unwrap(await ipcRenderer.invoke(ipcChannels.watchThreads, on))
  },
  subscribe(listener) {
    const forward = (_: unknown, event: HostEvent) => listener(event)
    ipcRenderer.on(ipcChannels.event, forward)
    void ipcRenderer.invoke(ipcChannels.subscribe)
    return () => ipcRenderer.off(ipcChannels.event, forward)
  },
}

contextBridge.exposeInMainWorld('skeinHost', bridge)
