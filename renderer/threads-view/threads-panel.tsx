import { killThread } from '@skein/threading'
import { controlThread, resumeAllThreads } from '@skein/threading/inspect'
import { useEffect, useMemo, useState } from 'react'
import { useHost } from '../host/host-context.ts'
import { setThreadsPanelFull, toggleThreadsPanel } from '../session/actions.ts'
import { NextSongReadiness } from '../shell/next-song-readiness.tsx'
import { useWindow } from '../store/window-store.ts'
import type { ThreadControls } from './control/thread-controls.ts'
import { startWindowRecorder } from './recorder/window-recorder.ts'
import { ThreadsView } from './threads-view.tsx'
import './threads-tokens.css'
import { useHostThreads } from './recorder/use-host-threads.ts'

/**
 * The region `Threads`: the window's threads, read straight from its memory once a frame, and the host's, which the
 * host sends while the panel is open. It begins with what the recorder saw before it was opened. No thread is held
 * when it is not mounted.
 */
export function ThreadsPanel() {
  const [{ model, sample: look }] = useState(startWindowRecorder)
  const host = useHost()
  const failure = useHostThreads(host, model)
  const controls = useMemo<ThreadControls>(
    () => ({ player: controlThread, host: (ident, order) => host.controlThread(ident, order) }),
    [host],
  )
  useEffect(
    () => () => {
      // A thread that is held is held by who can see it; a moment or a file that was shown is not kept.
      resumeAllThreads()
      model.follow()
    },
    [model],
  )
  const full = useWindow((state) => state.isThreadsPanelFull)
  return (
    <ThreadsView
      model={model}
      sample={look}
      failure={failure}
      onClose={toggleThreadsPanel}
      fullSize={{ on: full, onChange: setThreadsPanelFull }}
      onEndThread={killThread}
      controls={controls}
      nearMisses={<NextSongReadiness />}
    />
  )
}
