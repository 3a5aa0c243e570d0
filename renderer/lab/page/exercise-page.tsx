import { useEffect, useId, useMemo, useState, useSyncExternalStore } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { ThreadControls as ControlsByProcess } from '../../threads-view/control/thread-controls.ts'
import { ThreadsView } from '../../threads-view/threads-view.tsx'
import { ProgramListings } from '../code/program-listings.tsx'
import { ThreadStrip } from '../code/thread-strip.tsx'
import type { Exercise } from '../model/exercise.ts'
import { ExerciseRunner } from '../run/exercise-runner.ts'
import { useLabStore } from '../state/lab-store.ts'
import styles from './exercise-page.module.css'
import { OutcomePanel } from './outcome-panel.tsx'
import { ProcessFrame } from './process-frame.tsx'
import { Question } from './question.tsx'
import { RunBar } from './run-bar.tsx'
import { SetupForm } from './setup-form.tsx'

/** One idea of the tutorial: its lesson, its setup, the code that runs and its threads. */
export function ExercisePage({ exercise }: { readonly exercise: Exercise }) {
  const [runner] = useState(() => new ExerciseRunner(exercise))
  const run = useSyncExternalStore(runner.subscribe, runner.state)
  const warning = useLabStore((state) => state.warning)
  const heading = useId()
  useEffect(() => () => runner.close(), [runner])
  const controls = useMemo<ControlsByProcess>(
    () => ({ lab: (ident, command) => runner.lab?.controlThread(ident, command) ?? 'ended' }),
    [runner],
  )

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
    <article className={styles.page} aria-labelledby={heading} tabIndex={0}>
      <ProcessFrame key={run.frame} onLoad={(lab, failure) => runner.handleFrameLoad(lab, failure)} />
      <h1 id={heading} className={styles.title}>
        {exercise.title()}
      </h1>
      {warning && (
        <p className={styles.warning} role="status">
          {warning}
        </p>
      )}
      <div className={styles.lesson}>
        {exercise.lesson.map((paragraph) => (
          <p key={paragraph()}>{paragraph()}</p>
        ))}
      </div>
      <Question key={exercise.id} ask={exercise.question.ask()} answer={exercise.question.answer()} />
      <SetupForm exercise={exercise} />
      <RunBar exercise={exercise} runner={runner} run={run} />
      <OutcomePanel runner={runner} run={run} />
      <section className={styles.part} aria-label={m.lab_program()}>
        <h2>{m.lab_program()}</h2>
        <ThreadStrip exercise={exercise} runner={runner} run={run} />
        <ProgramListings exercise={exercise} runner={runner} run={run} />
      </section>
      <section className={styles.part} aria-label={m.threads_timeline()}>
        <h2>{m.threads_timeline()}</h2>
        <div className={styles.timeline}>
          <ThreadsView
            key={run.frame}
            model={run.model}
            sample={runner.sample}
            name={m.lab_threads()}
            onClose={undefined}
            onEndThread={(id) => runner.lab?.endThread(id)}
            canEnd={isNotMain}
            controls={controls}
          />
        </div>
      </section>
    </article>
  )
}

/** Any thread of an exercise may be ended except main: only the exercise is over then. */
const isNotMain = ({ id }: { readonly id: number }): boolean => id !== 1
