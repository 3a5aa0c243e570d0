import type { HostApi } from '../../shared/host-api.ts'
import { connectElectronHost } from './electron-host.ts'
import { connectWebHost } from './web-host.ts'

/** Connects to the host that served this page. */
export function connectHost(): HostApi {
  return window.skeinHost === undefined ? connectWebHost() : connectElectronHost(window.skeinHost)
}
