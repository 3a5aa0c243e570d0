import type { ThreadControlCommand } from '@skein/threading/inspect'
import { useCallback, useRef, useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { findProcess, type Scene, type ThreadKey } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import {
  type ControlScope,
  controllableThreads,
  type ScopeState,
  scopeStateOf,
  sendToAll,
  type ThreadControls,
} from './thread-controls.ts'

/** The control of the selected thread, or of all. */
export interface ThreadControl {
  readonly state: ScopeState
  /** Why no thread in the scope can be controlled, or why the last command failed; otherwise empty. */
  readonly note: string
  readonly send: (command: ThreadControlCommand) => void
}

const noThreads: ScopeState = { count: 0, paused: false, slowness: 1 }
const noControls: ThreadControls = {}

/** Without `controls` no thread can be controlled, and the note is empty. */
export function useThreadControl(
  controls: ThreadControls | undefined,
  selected: ThreadKey | undefined,
  live: () => Scene,
): ThreadControl {
  const scope: ControlScope = selected ?? 'all'
  const state = useScopeState(scope, controls ?? noControls, live)
  const [failure, setFailure] = useState('')

  const send = (command: ThreadControlCommand): void => {
    if (!controls) return
    const threads = controllableThreads(live(), scope, controls)
    void sendToAll(controls, scope, threads, command).then((failures) => setFailure(failures.join(' ')))
  }

  const note = failure || (state.count === 0 ? noteFor(selected, live) : '')
  return { state, note: controls ? note : '', send }
}

function noteFor(selected: ThreadKey | undefined, live: () => Scene): string {
  if (selected?.id === 1) return m.threads_control_main()
  const thread = selected && findProcess(live(), selected.process)?.thread(selected.id)
  if (thread?.isAdopted) return m.threads_control_adopted({ name: thread.name })
  return selected ? m.threads_control_ended({ name: selected.name }) : m.threads_control_none()
}

/** Returns the state of the threads in a scope. It is read with every frame and rendered after a change. */
function useScopeState(scope: ControlScope, controls: ThreadControls, live: () => Scene): ScopeState {
  const [state, setState] = useState(noThreads)
  const shown = useRef(state)
  const paint = useCallback<Paint>(() => {
    const scene = live()
    const current = scopeStateOf(scene, controllableThreads(scene, scope, controls))
    const { count, paused, slowness } = shown.current
    if (current.count === count && current.paused === paused && current.slowness === slowness)
      return undefined
    shown.current = current
    setState(current)
    return undefined
  }, [scope, controls, live])
  usePaint(paint)
  return state
}
