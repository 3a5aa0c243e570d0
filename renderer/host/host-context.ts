import { createContext, useContext } from 'react'
import type { HostApi } from '../../shared/host-api.ts'

export const HostContext = createContext<HostApi | undefined>(undefined)

/** Returns the page's host. Throws outside of `HostContext`. */
export function useHost(): HostApi {
  const host = useContext(HostContext)
  if (!host) throw new Error('useHost needs a HostContext above it')
  return host
}
