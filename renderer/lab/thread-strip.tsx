import { StepForward } from 'lucide-react'
import { useCallback, useRef } from 'react'
import { Button } from '../ui/button.tsx'
import { useDisplayRate } from './display-rate.ts'
import { doing } from './doing.ts'
import type { Exercise } from './exercise.ts'
import { useLab } from './lab-store.ts'
import { lineOf } from './line-of.ts'
import type { Runner, RunState } from './runner.ts'
import { threadColour } from './thread-colour.ts'
import styles from './thread-strip.module.css'
import { useThreads } from './use-threads.ts'

interface ThreadStripProps {
  readonly exercise: Exercise
  readonly runner: Runner
  readonly run: RunState
}

/**
 * What each thread of the run does now and the line that it is on, with a button that lets it do one step. The marks in
 * the listings say the line to the eye only.
 */
export function ThreadStrip({ exercise, runner, run }: ThreadStripProps) {
  const threads = useThreads(run.model)
  const listing = useLab(({ listings }) => (listings === 'python' ? exercise.python : exercise.typescript))
  const list = useRef<HTMLUListElement>(null)

  const paint = useCallback(() => {
    const { view } = runner
    for (const [index, { id }] of threads.entries()) {
      const text = list.current?.children[index]?.querySelector('[data-part=doing]')
      const thread = view.threads.find((one) => one.id === id)
      const line = lineOf(runner, id, listing)
      const where = line === undefined ? '' : `, line ${line}`
      const words = thread === undefined ? '' : `${doing(thread, view)}${where}`
      if (text && text.textContent !== words) text.textContent = words
    }
  }, [runner, threads, listing])
  useDisplayRate(paint, run.phase === 'running' || run.isAlive)

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
            disabled={!run.isAlive || run.isFollowing}
            onClick={() => runner.lab?.stepOne(id)}
          >
            <StepForward aria-hidden="true" />
            Step
          </Button>
        </li>
      ))}
    </ul>
  )
}
