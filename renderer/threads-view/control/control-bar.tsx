import type { ThreadControlCommand } from '@skein/threading/inspect'
import { Pause, Play, StepForward } from 'lucide-react'
import { type ReactNode, useCallback, useRef, useState } from 'react'
import type { Scene, ThreadKey } from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import styles from './control-bar.module.css'
import {
  type ControlScope,
  controllableThreads,
  type ScopeState,
  scopeStateOf,
  sendToAll,
  slowdownFactors,
  type ThreadControls,
} from './thread-controls.ts'

interface ControlBarProps {
  readonly controls: ThreadControls
  /** The thread whose row is selected; without one all threads are meant. */
  readonly selected: ThreadKey | undefined
  /** The living threads, whatever moment is shown. */
  readonly live: () => Scene
}

const noThreads: ScopeState = { count: 0, paused: false, slowness: 1 }

/** Holds threads at the points where they touch a primitive: all of them, or the one that is selected. */
export function ControlBar({ controls, selected, live }: ControlBarProps) {
  const scope: ControlScope = selected ?? 'all'
  const state = useScopeState(scope, controls, live)
  const [failure, setFailure] = useState('')
  const name = selected?.name ?? 'all'

  const order = (what: ThreadControlCommand): void => {
    void sendToAll(controls, scope, controllableThreads(live(), scope, controls), what).then((failures) =>
      setFailure(failures.join(' ')),
    )
  }

  const none = state.count === 0
  return (
    <fieldset className={styles.bar} disabled={none}>
      <legend className={styles.scope}>{selected ? selected.name : 'All threads'}</legend>
      <BarButton
        name={state.paused ? `Resume ${name}` : `Pause ${name}`}
        onClick={() => order({ kind: state.paused ? 'resume' : 'pause' })}
      >
        {state.paused ? <Play size={12} aria-hidden="true" /> : <Pause size={12} aria-hidden="true" />}
        {state.paused ? 'Resume' : 'Pause'}
      </BarButton>
      <BarButton name={`Step ${name}`} disabled={!state.paused} onClick={() => order({ kind: 'step' })}>
        <StepForward size={12} aria-hidden="true" />
        Step
      </BarButton>
      <SlowMotion slowness={state.slowness} onChange={(factor) => order({ kind: 'slow', factor })} />
      <span className={styles.note} role="status">
        {failure || noteFor(selected, none)}
      </span>
    </fieldset>
  )
}

function noteFor(selected: ThreadKey | undefined, none: boolean): string {
  if (!none) return ''
  if (selected?.id === 1) return 'main never blocks, so it cannot be held.'
  return selected ? `${selected.name} cannot be held: it has ended.` : 'No thread runs that could be held.'
}

function BarButton(props: {
  readonly name: string
  readonly disabled?: boolean
  readonly onClick: () => void
  readonly children: ReactNode
}) {
  const { name, disabled, onClick, children } = props
  return (
    <button type="button" className={styles.button} aria-label={name} disabled={disabled} onClick={onClick}>
      {children}
    </button>
  )
}

interface SlowMotionProps {
  /** Undefined where threads differ. */
  readonly slowness: number | undefined
  readonly onChange: (slowness: number) => void
}

/** How many times slower: ×1 is as fast as they can. */
function SlowMotion({ slowness, onChange }: SlowMotionProps) {
  const place = slowdownFactors.findLastIndex((step) => step <= (slowness ?? 1))
  const words = slowness === undefined ? 'mixed' : `×${slowness}`
  return (
    <label className={styles.slow}>
      Slow motion
      <input
        type="range"
        min={0}
        max={slowdownFactors.length - 1}
        step={1}
        value={place}
        aria-valuetext={
          slowness === undefined ? 'different from thread to thread' : `${slowness} times slower`
        }
        onChange={(event) => onChange(slowdownFactors[Number(event.currentTarget.value)] ?? 1)}
        onKeyDown={(event) => event.stopPropagation()}
      />
      <output className={styles.factor}>{words}</output>
    </label>
  )
}

/** What stands in memory of the threads in a scope: looked at with every picture, rendered when it changed. */
function useScopeState(scope: ControlScope, controls: ThreadControls, live: () => Scene): ScopeState {
  const [state, setState] = useState(noThreads)
  const shown = useRef(state)
  const paint = useCallback<Paint>(() => {
    const scene = live()
    const seen = scopeStateOf(scene, controllableThreads(scene, scope, controls))
    const { count, paused, slowness } = shown.current
    if (seen.count === count && seen.paused === paused && seen.slowness === slowness) return undefined
    shown.current = seen
    setState(seen)
    return undefined
  }, [scope, controls, live])
  usePaint(paint)
  return state
}
