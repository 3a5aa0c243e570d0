import { useEffect, useState } from 'react'
import type { About } from '../../shared/host-api.ts'
import { useHost } from '../host/host-context.ts'
import { attempt } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'

/** What this Skein is; undefined until the host has told. */
export function useAbout(): About | undefined {
  const host = useHost()
  const updates = useWindow((state) => state.updateState)
  const [about, setAbout] = useState<About>()
  useEffect(() => {
    let isGone = false
    void attempt(host.about()).then((told) => {
      if (!isGone && told) setAbout(told)
    })
    return () => {
      isGone = true
    }
  }, [host])
  return about && { ...about, updates: updates ?? about.updates }
}
