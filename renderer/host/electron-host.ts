import type { HostApi } from '../../shared/host-api.ts'

/** What the preload script exposes to the window. */
export type HostBridge = Omit<HostApi, 'kind' | 'trackUrl' | 'coverUrl'>

declare global {
  interface Window {
    readonly skeinHost?: HostBridge
  }
}

export function connectElectronHost(bridge: HostBridge): HostApi {
  return {
    ...bridge,
    kind: 'electron',
    // Absolute addresses, because the development server's page has another origin.
    trackUrl: (id) => `skein://app/media/${id}`,
    coverUrl: (id, size) => `skein://app/cover/${id}${size === undefined ? '' : `?size=${size}`}`,
  }
}
