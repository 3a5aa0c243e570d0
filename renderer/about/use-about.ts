import { useEffect, useState } from 'react'
import type { About } from '../../shared/host-api.ts'
import { useHost } from '../host/host-context.ts'
import { attempt } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'

/** Returns the host's `About`; undefined until the host has replied. */
export function useAbout(): About | undefined {
  const host = useHost()
  const updates = useWindow((state) => state.updateState)
  const [about, setAbout] = useState<About>()
  useEffect(() => {
    let isUnmounted = false
    void attempt(host.about()).then((reply) => {
      if (!isUnmounted && reply) setAbout(reply)
    })
    return () => {
      isUnmounted = true
    }
  }, [host])
  return about && { ...about, updates: updates ?? about.updates }
}
