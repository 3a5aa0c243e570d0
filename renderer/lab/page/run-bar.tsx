import { Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { useEffect } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { slowdownFactors } from '../../threads-view/control/thread-controls.ts'
import { Button } from '../../ui/button.tsx'
import type { Exercise } from '../model/exercise.ts'
import type { ExerciseRunner } from '../run/exercise-runner.ts'
import type { RunState } from '../run/run-state.ts'
import { getSetup, setSlowness, useLabStore } from '../state/lab-store.ts'
import styles from './run-bar.module.css'

interface RunBarProps {
  readonly exercise: Exercise
  readonly runner: ExerciseRunner
  readonly run: RunState
}

/** Starts, pauses, steps and slows down the threads, and changes their objects. */
export function RunBar({ exercise, runner, run }: RunBarProps) {
  const { phase, isAlive, isPaused } = run
  const isRunning = phase === 'running'
  const setup = () => getSetup(useLabStore.getState(), exercise.id)
  return (
    <section className={styles.bar} aria-label={m.lab_run()}>
      <Button primary onClick={() => runner.run(setup())}>
        <Play aria-hidden="true" />
        {m.lab_run()}
      </Button>
      {/* Pausing or resuming the threads would break a replay. */}
      <Button
        disabled={run.isReplaying || (!isRunning && !isAlive)}
        onClick={() => runner.setPaused(!isPaused)}
      >
        {isPaused ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        {isPaused ? m.lab_resume_all() : m.lab_pause_all()}
      </Button>
      <Button disabled={run.isReplaying} onClick={() => runner.stepAll(setup())}>
        <StepForward aria-hidden="true" />
        {m.lab_step()}
      </Button>
      <Button onClick={() => runner.reset()}>
        <RotateCcw aria-hidden="true" />
        {m.lab_reset()}
      </Button>
      <SlowMotionSlider runner={runner} />
      {exercise.actions.length > 0 && (
        <fieldset className={styles.actions}>
          <legend>{m.lab_actions()}</legend>
          {exercise.actions.map(({ name, label }) => (
            <Button key={name} disabled={!isRunning} onClick={() => runner.performAction(name)}>
              {label()}
            </Button>
          ))}
        </fieldset>
      )}
    </section>
  )
}

/** Sets the factor by which the time between two operations is extended. */
function SlowMotionSlider({ runner }: { readonly runner: ExerciseRunner }) {
  const slowness = useLabStore((state) => state.slowness)
  useEffect(() => runner.setSlowness(slowness), [runner, slowness])
  const index = slowdownFactors.findLastIndex((factor) => factor <= slowness)
  return (
    <label className={styles.slow}>
      <span>{m.threads_slow_motion()}</span>
      <input
        type="range"
        aria-label={m.threads_slow_motion()}
        min={0}
        max={slowdownFactors.length - 1}
        step={1}
        value={index}
        aria-valuetext={
          slowness === 1 ? m.lab_slow_motion_off() : m.threads_slow_motion_spoken({ factor: slowness })
        }
        onChange={(event) => setSlowness(slowdownFactors[Number(event.target.value)] ?? 1)}
      />
      <output className={styles.factor}>{m.lab_slow_motion_short({ factor: slowness })}</output>
    </label>
  )
}
