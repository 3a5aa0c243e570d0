import { contextBridge, ipcRenderer } from 'electron'
import type { HostApi, HostEvent } from '../shared/host-api.ts'
import type { CallName, CallResult } from './host/host-service.ts'
import { ipcChannels } from './window/ipc-channels.ts'

/** What the page gets of its host, as `window.skeinHost`. */
type Bridge = Omit<HostApi, 'kind' | 'trackUrl' | 'coverUrl'>

async function call<Value>(name: CallName, ...args: unknown[]): Promise<Value> {
  return unwrap(await ipcRenderer.invoke(ipcChannels.call, name, args)) as Value
}

function unwrap(answer: CallResult): unknown {
  if (!answer.ok) throw new Error(answer.message)
  return answer.value
}

const bridge: Bridge = {
  settings: () => call('settings'),
  saveSettings: (settings) => call('saveSettings', settings),
  saveSession: (session) => call('saveSession', session),
  acknowledgeShutdown: () => call('acknowledgeShutdown'),
  chooseFolder: () => call('chooseFolder'),
  listFolders: (id) => (id === undefined ? call('listFolders') : call('listFolders', id)),
  openFolder: (id) => call('openFolder', id),
  openDemo: () => call('openDemo'),
  rescan: () => call('rescan'),
  stopScan: () => call('stopScan'),
  controlThread: (ident, order) => call('controlThread', ident, order),
  about: () => call('about'),
  showLocation: (place) => call('showLocation', place),
  async watchThreads(on) {
    unwrap(await ipcRenderer.invoke(ipcChannels.watchThreads, on))
  },
  subscribe(listener) {
    const tell = (_: unknown, event: HostEvent) => listener(event)
    ipcRenderer.on(ipcChannels.event, tell)
    void ipcRenderer.invoke(ipcChannels.subscribe)
    return () => ipcRenderer.off(ipcChannels.event, tell)
  },
}

contextBridge.exposeInMainWorld('skeinHost', bridge)
