import type { HostApi } from '../../shared/host-api.ts'
import { connectElectronHost } from './electron-host.ts'
import { connectWebHost } from './web-host.ts'

/** The host that this page was served by. */
export function connectHost(): HostApi {
  return window.skeinHost === undefined ? connectWebHost() : connectElectronHost(window.skeinHost)
}
