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
const replaceableThreads = ['input', 'playback', 'selector', 'decoder']

const isReplaceable = ({ process, name }: ThreadKey): boolean =>
  process === 'player' && replaceableThreads.includes(name)

/**
 * The region `Threads`. It reads the window's threads from shared memory, and gets the host's threads from
 * the host while it is open. It shows what was recorded before it was opened. Unmounting it resumes all
 * paused and slowed threads.
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
      // Without the panel nobody could resume a paused thread. The panel opens again at the present moment.
      resumeAllThreads()
      model.follow()
    },
    [model],
  )
  const isFull = useWindow((state) => state.isThreadsPanelFull)
  return (
    <ThreadsView
      model={model}
      sample={sample}
      countEvents={countEvents}
      failure={failure}
      onClose={toggleThreadsPanel}
      fullSize={{ on: isFull, onChange: setThreadsPanelFull }}
      onEndThread={killThread}
      canEnd={isReplaceable}
      canReplace={isReplaceable}
      controls={controls}
      nearMisses={<NextSongReadiness />}
    />
  )
}
