import { Pause, Play, RotateCcw, StepForward } from 'lucide-react'
import { useEffect } from 'react'
import { slownesses } from '../threads-view/control/controls.ts'
import { Button } from '../ui/button.tsx'
import type { Exercise } from './exercise.ts'
import { setSlowness, setupOf, useLab } from './lab-store.ts'
import styles from './run-bar.module.css'
import type { Runner, RunState } from './runner.ts'

interface RunBarProps {
  readonly exercise: Exercise
  readonly runner: Runner
  readonly run: RunState
}

/** Starts, holds, steps and slows the threads, and does things to their objects. */
export function RunBar({ exercise, runner, run }: RunBarProps) {
  const { phase, isAlive, isHeld } = run
  const isRunning = phase === 'running'
  const setup = () => setupOf(useLab.getState(), exercise.id)
  return (
    <section className={styles.bar} aria-label="Run">
      <Button primary onClick={() => runner.run(setup())}>
        <Play aria-hidden="true" />
        Run
      </Button>
      {/* Holding the threads, or letting them go, would break an order that is followed. */}
      <Button disabled={run.isFollowing || (!isRunning && !isAlive)} onClick={() => runner.hold(!isHeld)}>
        {isHeld ? <Play aria-hidden="true" /> : <Pause aria-hidden="true" />}
        {isHeld ? 'Go on' : 'Pause all'}
      </Button>
      <Button disabled={run.isFollowing} onClick={() => runner.step(setup())}>
        <StepForward aria-hidden="true" />
        Step
      </Button>
      <Button onClick={() => runner.reset()}>
        <RotateCcw aria-hidden="true" />
        Reset
      </Button>
      <SlowMotion runner={runner} />
      {exercise.actions.length > 0 && (
        <fieldset className={styles.actions}>
          <legend>While it runs</legend>
          {exercise.actions.map(({ name, label }) => (
            <Button key={name} disabled={!isRunning} onClick={() => runner.act(name)}>
              {label}
            </Button>
          ))}
        </fieldset>
      )}
    </section>
  )
}

/** How many times as long the time between two operations is made. */
function SlowMotion({ runner }: { readonly runner: Runner }) {
  const slowness = useLab((state) => state.slowness)
  useEffect(() => runner.slow(slowness), [runner, slowness])
  const place = slownesses.findLastIndex((stop) => stop <= slowness)
  return (
    <label className={styles.slow}>
      <span>Slow motion</span>
      <input
        type="range"
        aria-label="Slow motion"
        min={0}
        max={slownesses.length - 1}
        step={1}
        value={place}
        aria-valuetext={slowness === 1 ? 'full speed' : `${slowness} times as slow`}
        onChange={(event) => setSlowness(slownesses[Number(event.target.value)] ?? 1)}
      />
      <output className={styles.factor}>×{slowness}</output>
    </label>
  )
}
