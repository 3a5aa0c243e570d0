import type { ProcessView, ThreadView } from '@skein/threading/inspect'
import { StepForward } from 'lucide-react'
import { useCallback, useRef } from 'react'
import { m } from '../../../shared/i18n/messages.js'
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
 * What each thread of the run does now and the line it is on, with a button that lets it do one operation. The marks in
 * the listings are not accessible to screen readers, so the line is repeated here.
 */
export function ThreadStrip({ exercise, runner, run }: ThreadStripProps) {
  const threads = useRunThreads(run.model)
  const listing = useLabStore(({ listingChoice }) =>
    listingChoice === 'python' ? exercise.python : exercise.typescript,
  )
  const list = useRef<HTMLUListElement>(null)

  const paint = useCallback(() => {
    const { view } = runner
    for (const [index, { id }] of threads.entries()) {
      const element = list.current?.children[index]?.querySelector('[data-part=activity]')
      const thread = view.threads.find((candidate) => candidate.id === id)
      const text =
        thread === undefined ? '' : describeThread(thread, view, findCurrentLine(runner, id, listing))
      if (element && element.textContent !== text) element.textContent = text
    }
  }, [runner, threads, listing])
  usePaintAtDisplayRate(paint, run.phase === 'running' || run.isAlive)

  if (threads.length === 0) return <p className={styles.none}>{m.lab_no_threads()}</p>
  return (
    <ul ref={list} className={styles.threads} aria-label={m.lab_run_threads()}>
      {threads.map(({ id, name }, index) => (
        <li key={id} className={styles.thread} style={{ '--thread': threadColour(index) }}>
          <span className={styles.name}>{name}</span>
          <span className={styles.activity} data-part="activity" />
          <Button
            quiet
            className={styles.step}
            aria-label={m.threads_control_step({ name })}
            disabled={!run.isAlive || run.isReplaying}
            onClick={() => runner.lab?.stepThread(id)}
          >
            <StepForward aria-hidden="true" />
            {m.lab_step()}
          </Button>
        </li>
      ))}
    </ul>
  )
}

function describeThread(thread: ThreadView, view: ProcessView, line: number | undefined): string {
  const activity = describeActivity(thread, view)
  return line === undefined ? activity : m.lab_activity_at_line({ activity, line })
}
