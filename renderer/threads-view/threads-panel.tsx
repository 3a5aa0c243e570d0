import { useEffect, useMemo, useState } from 'react'
import { controlThread, killThread, releaseThreads } from '../../shared/threading/index.ts'
import { setThreadsFull, toggleThreads } from '../app/actions.ts'
import { useHost } from '../app/host-context.ts'
import { useWindow } from '../app/store.ts'
import { NextSongReadiness } from './analysis/next-song-readiness.tsx'
import type { Controls } from './control/controls.ts'
import { startRecorder } from './recording/recorder.ts'
import { ThreadsView } from './threads-view.tsx'
import './tokens.css'
import { useHostThreads } from './use-host-threads.ts'

/**
 * The region `Threads`: the window's threads, read straight from its memory once a frame, and the host's, which the
 * host sends while the panel is open. It begins with what the recorder saw before it was opened. No thread is held
 * when it is not mounted.
 */
export function ThreadsPanel() {
  const [{ model, look }] = useState(startRecorder)
  const host = useHost()
  const failure = useHostThreads(host, model)
  const controls = useMemo<Controls>(
    () => ({ player: controlThread, host: (ident, order) => host.controlThread(ident, order) }),
    [host],
  )
  useEffect(
    () => () => {
      // A thread that is held is held by who can see it; a moment or a file that was shown is not kept.
      releaseThreads()
      model.follow()
    },
    [model],
  )
  const full = useWindow((state) => state.threadsFull)
  return (
    <ThreadsView
      model={model}
      look={look}
      failure={failure}
      onClose={toggleThreads}
      fullSize={{ on: full, onChange: setThreadsFull }}
      onEndThread={killThread}
      controls={controls}
      nearMisses={<NextSongReadiness />}
    />
  )
}
