import { killThread } from '@skein/threading'
import { countEvents, resumeAllThreads } from '@skein/threading/inspect'
import { useEffect, useMemo, useState } from 'react'
import { useHost } from '../host/host-context.ts'
import { setThreadsPanelFull, toggleThreadsPanel } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { controlOwnThread, type ThreadControls } from '../threads-view/control/thread-controls.ts'
import type { ThreadKey } from '../threads-view/model/threads-model.ts'
import { ThreadsView } from '../threads-view/threads-view.tsx'
import '../threads-view/threads-tokens.css'
import { NextSongReadiness } from './next-song-readiness.tsx'
import { useHostThreads } from './use-host-threads.ts'
import { startWindowRecorder } from './window-recorder.ts'

/** The window's threads that the supervisor replaces when they end. */
const replaceableThreads = ['input', 'playback', 'selector']

const isReplaceable = ({ process, name }: ThreadKey): boolean =>
  process === 'player' && replaceableThreads.includes(name)

/**
 * The region `Threads`: the window's threads, read from its memory once a frame, and the host's, which the host sends
 * while the panel is open. It starts with what was recorded before it was opened. While it is not mounted no thread is
 * paused or slowed.
 */
export function ThreadsPanel() {
  const [{ model, sample }] = useState(startWindowRecorder)
  const host = useHost()
  const failure = useHostThreads(host, model)
  const controls = useMemo<ThreadControls>(
    () => ({ player: controlOwnThread, host: (ident, command) => host.controlThread(ident, command) }),
    [host],
  )
  useEffect(
    () => () => {
      // Nobody could see or resume a paused thread now. A moment or a file that was shown is not kept.
      resumeAllThreads()
      model.follow()
    },
    [model],
  )
  const full = useWindow((state) => state.isThreadsPanelFull)
  return (
    <ThreadsView
      model={model}
      sample={sample}
      countEvents={countEvents}
      failure={failure}
      onClose={toggleThreadsPanel}
      fullSize={{ on: full, onChange: setThreadsPanelFull }}
      onEndThread={killThread}
      canEnd={isReplaceable}
      canReplace={isReplaceable}
      controls={controls}
      nearMisses={<NextSongReadiness />}
    />
  )
}
