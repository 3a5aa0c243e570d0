import { useEffect, useMemo, useState } from 'react'
import { controlThread, Inspector, killThread, releaseThreads } from '../../shared/threading/index.ts'
import { toggleThreads } from '../app/actions.ts'
import { useHost } from '../app/host-context.ts'
import type { Controls } from './control/controls.ts'
import { ThreadsModel } from './threads-model.ts'
import { ThreadsView } from './threads-view.tsx'
import './tokens.css'
import { useHostThreads } from './use-host-threads.ts'

/**
 * The region `Threads`: the window's threads, read straight from its memory once a frame, and the host's,
 * which the host sends while the panel is open. Nothing of it runs when it is not mounted, and then no thread is held.
 */
export function ThreadsPanel() {
  const [model] = useState(() => new ThreadsModel(['player', 'host']))
  const [look] = useState(() => {
    const inspector = new Inspector()
    return () => inspector.look()
  })
  const host = useHost()
  const failure = useHostThreads(host, model)
  const controls = useMemo<Controls>(
    () => ({ player: controlThread, host: (ident, order) => host.controlThread(ident, order) }),
    [host],
  )
  // A thread that is held is held by who can see it.
  useEffect(() => releaseThreads, [])
  return (
    <ThreadsView
      model={model}
      look={look}
      failure={failure}
      onClose={toggleThreads}
      onEndThread={killThread}
      controls={controls}
    />
  )
}
