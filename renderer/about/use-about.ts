import { useEffect, useState } from 'react'
import type { About } from '../../shared/host-api.ts'
import { attempt } from '../app/actions.ts'
import { useHost } from '../app/host-context.ts'
import { useWindow } from '../app/store.ts'

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
