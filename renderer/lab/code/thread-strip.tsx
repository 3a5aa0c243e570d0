import { StepForward } from 'lucide-react'
import { useCallback, useRef } from 'react'
import { Button } from '../../ui/button.tsx'
import type { Exercise } from '../model/exercise.ts'
import type { ExerciseRunner } from '../run/exercise-runner.ts'
import type { RunState } from '../run/run-state.ts'
import { useLabStore } from '../state/lab-store.ts'
import { findCurrentLine } from './current-line.ts'
import { describeActivity } from './thread-activity.ts'
import { threadColour } from './thread-colour.ts'
import styles from './thread-strip.module.css'
import { usePaintAtDisplayRate } from './use-display-rate.ts'
import { useRunThreads } from './use-run-threads.ts'

interface ThreadStripProps {
  readonly exercise: Exercise
  readonly runner: ExerciseRunner
  readonly run: RunState
}

/**
 * What each thread of the run does now and the line that it is on, with a button that lets it do one step. The marks in
 * the listings say the line to the eye only.
 */
export function ThreadStrip({ exercise, runner, run }: ThreadStripProps) {
  const threads = useRunThreads(run.model)
  const listing = useLabStore(({ listingChoice: listings }) =>
    listings === 'python' ? exercise.python : exercise.typescript,
  )
  const list = useRef<HTMLUListElement>(null)

  const paint = useCallback(() => {
    const { view } = runner
    for (const [index, { id }] of threads.entries()) {
      const text = list.current?.children[index]?.querySelector('[data-part=doing]')
      const thread = view.threads.find((one) => one.id === id)
      const line = findCurrentLine(runner, id, listing)
      const where = line === undefined ? '' : `, line ${line}`
      const words = thread === undefined ? '' : `${describeActivity(thread, view)}${where}`
      if (text && text.textContent !== words) text.textContent = words
    }
  }, [runner, threads, listing])
  usePaintAtDisplayRate(paint, run.phase === 'running' || run.isAlive)

  if (threads.length === 0) return <p className={styles.none}>No thread has started yet.</p>
  return (
    <ul ref={list} className={styles.threads} aria-label="Threads of this run">
      {threads.map(({ id, name }, place) => (
        <li key={id} className={styles.thread} style={{ '--thread': threadColour(place) }}>
          <span className={styles.name}>{name}</span>
          <span className={styles.doing} data-part="doing" />
          <Button
            quiet
            className={styles.step}
            aria-label={`Step ${name}`}
            disabled={!run.isAlive || run.isReplaying}
            onClick={() => runner.lab?.stepThread(id)}
          >
            <StepForward aria-hidden="true" />
            Step
          </Button>
        </li>
      ))}
    </ul>
  )
}
