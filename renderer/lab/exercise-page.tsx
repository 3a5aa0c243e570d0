import { useEffect, useId, useMemo, useState, useSyncExternalStore } from 'react'
import type { Controls as ControlsByProcess } from '../threads-view/control/controls.ts'
import { ThreadsView } from '../threads-view/threads-view.tsx'
import { Code } from './code.tsx'
import { Controls } from './controls.tsx'
import type { Exercise } from './exercise.ts'
import styles from './exercise-page.module.css'
import { useLab } from './lab-store.ts'
import { OutcomePanel } from './outcome-panel.tsx'
import { ProcessFrame } from './process-frame.tsx'
import { Question } from './question.tsx'
import { RunBar } from './run-bar.tsx'
import { Runner } from './runner.ts'
import { ThreadStrip } from './thread-strip.tsx'

/** One idea: what to read, what to set, the code that runs and its threads at work. */
export function ExercisePage({ exercise }: { readonly exercise: Exercise }) {
  const [runner] = useState(() => new Runner(exercise))
  const run = useSyncExternalStore(runner.subscribe, runner.state)
  const complaint = useLab((state) => state.complaint)
  const heading = useId()
  useEffect(() => () => runner.close(), [runner])
  const controls = useMemo<ControlsByProcess>(
    () => ({ lab: (ident, order) => runner.lab?.control(ident, order) }),
    [runner],
  )

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <article className={styles.page} aria-labelledby={heading} tabIndex={0}>
      <ProcessFrame key={run.frame} onLoad={(lab, failure) => runner.loaded(lab, failure)} />
      <h1 id={heading} className={styles.title}>
        {exercise.title}
      </h1>
      {complaint && (
        <p className={styles.complaint} role="status">
          {complaint}
        </p>
      )}
      <div className={styles.lesson}>
        {exercise.lesson.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <Question key={exercise.id} {...exercise.question} />
      <Controls exercise={exercise} />
      <RunBar exercise={exercise} runner={runner} run={run} />
      <OutcomePanel runner={runner} run={run} />
      <section className={styles.part} aria-label="Program">
        <h2>Program</h2>
        <ThreadStrip exercise={exercise} runner={runner} run={run} />
        <Code exercise={exercise} runner={runner} run={run} />
      </section>
      <section className={styles.part} aria-label="Timeline">
        <h2>Timeline</h2>
        <div className={styles.timeline}>
          <ThreadsView
            key={run.frame}
            model={run.model}
            look={runner.look}
            name="Threads of the Lab"
            onClose={undefined}
            onEndThread={(id) => runner.lab?.end(id)}
            controls={controls}
          />
        </div>
      </section>
    </article>
  )
}
