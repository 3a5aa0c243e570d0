import { Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { useEffect } from 'react'
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

/** Starts, holds, steps and slows the threads, and does things to their objects. */
export function RunBar({ exercise, runner, run }: RunBarProps) {
  const { phase, isAlive, isPaused: isHeld } = run
  const isRunning = phase === 'running'
  const setup = () => getSetup(useLabStore.getState(), exercise.id)
  return (
    <section className={styles.bar} aria-label="Run">
      <Button primary onClick={() => runner.run(setup())}>
        <Play aria-hidden="true" />
        Run
      </Button>
      {/* Holding the threads, or letting them go, would break an order that is followed. */}
      <Button
        disabled={run.isReplaying || (!isRunning && !isAlive)}
        onClick={() => runner.setPaused(!isHeld)}
      >
        {isHeld ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        {isHeld ? 'Go on' : 'Pause all'}
      </Button>
      <Button disabled={run.isReplaying} onClick={() => runner.stepAll(setup())}>
        <StepForward aria-hidden="true" />
        Step
      </Button>
      <Button onClick={() => runner.reset()}>
        <RotateCcw aria-hidden="true" />
        Reset
      </Button>
      <SlowMotionSlider runner={runner} />
      {exercise.actions.length > 0 && (
        <fieldset className={styles.actions}>
          <legend>While it runs</legend>
          {exercise.actions.map(({ name, label }) => (
            <Button key={name} disabled={!isRunning} onClick={() => runner.performAction(name)}>
              {label}
            </Button>
          ))}
        </fieldset>
      )}
    </section>
  )
}

/** How many times as long the time between two operations is made. */
function SlowMotionSlider({ runner }: { readonly runner: ExerciseRunner }) {
  const slowness = useLabStore((state) => state.slowness)
  useEffect(() => runner.setSlowness(slowness), [runner, slowness])
  const place = slowdownFactors.findLastIndex((stop) => stop <= slowness)
  return (
    <label className={styles.slow}>
      <span>Slow motion</span>
      <input
        type="range"
        aria-label="Slow motion"
        min={0}
        max={slowdownFactors.length - 1}
        step={1}
        value={place}
        aria-valuetext={slowness === 1 ? 'full speed' : `${slowness} times as slow`}
        onChange={(event) => setSlowness(slowdownFactors[Number(event.target.value)] ?? 1)}
      />
      <output className={styles.factor}>×{slowness}</output>
    </label>
  )
}
