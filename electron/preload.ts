import { contextBridge, ipcRenderer } from 'electron'
import type { HostApi, HostEvent } from '../shared/host-api.ts'
import { channels } from './channels.ts'
import type { CallAnswer, CallName } from './host-service.ts'

/** What the page gets of its host, as `window.skeinHost`. */
type Bridge = Omit<HostApi, 'kind' | 'trackUrl' | 'coverUrl'>

async function call<Value>(name: CallName, ...args: unknown[]): Promise<Value> {
  return unwrap(await ipcRenderer.invoke(channels.call, name, args)) as Value
}

function unwrap(answer: CallAnswer): unknown {
  if (!answer.ok) throw new Error(answer.message)
  return answer.value
}

const bridge: Bridge = {
  settings: () => call('settings'),
  saveSettings: (settings) => call('saveSettings', settings),
  saveSession: (session) => call('saveSession', session),
  farewell: () => call('farewell'),
  chooseFolder: () => call('chooseFolder'),
  listFolders: (id) => (id === undefined ? call('listFolders') : call('listFolders', id)),
  openFolder: (id) => call('openFolder', id),
  openDemo: () => call('openDemo'),
  rescan: () => call('rescan'),
  stopScan: () => call('stopScan'),
  controlThread: (ident, order) => call('controlThread', ident, order),
  about: () => call('about'),
  showPlace: (place) => call('showPlace', place),
  async watchThreads(on) {
    unwrap(await ipcRenderer.invoke(channels.watchThreads, on))
  },
  subscribe(listener) {
    const tell = (_: unknown, event: HostEvent) => listener(event)
    ipcRenderer.on(channels.event, tell)
    void ipcRenderer.invoke(channels.subscribe)
    return () => ipcRenderer.off(channels.event, tell)
  },
}

contextBridge.exposeInMainWorld('skeinHost', bridge)
