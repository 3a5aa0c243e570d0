import type { ReplayResult } from '@skein/threading/inspect'
import { CircleCheck, ListRestart, TriangleAlert, Unlink } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import { Button } from '../../ui/button.tsx'
import type { Outcome } from '../model/exercise.ts'
import type { ExerciseRunner } from '../run/exercise-runner.ts'
import type { RunState } from '../run/run-state.ts'
import styles from './outcome-panel.module.css'

interface OutcomePanelProps {
  readonly runner: ExerciseRunner
  readonly run: RunState
}

/** The outcome of the run, and what can be done with it. */
export function OutcomePanel({ runner, run }: OutcomePanelProps) {
  const { phase, outcome, replayResult, isBlockedForever, endedThreads } = run
  return (
    <section className={styles.panel} aria-label={m.lab_result()}>
      <div className={styles.outcome} role="status" aria-label={m.lab_outcome()}>
        {outcome ? (
          <OutcomeDetails outcome={outcome} />
        ) : (
          <p className={styles.quiet}>{describePhase(run)}</p>
        )}
        {endedThreads.map((name) => (
          <p key={name}>{m.lab_ended_thread({ name })}</p>
        ))}
        {replayResult && <p className={styles.quiet}>{describeReplay(replayResult)}</p>}
      </div>
      <div className={styles.buttons}>
        {phase === 'failed' && <Button onClick={() => runner.reset()}>{m.common_try_again()}</Button>}
        {isBlockedForever && (
          <Button onClick={() => runner.breakDeadlock()}>
            <Unlink aria-hidden="true" />
            {m.lab_break_deadlock()}
          </Button>
        )}
        {phase === 'over' && <ReplayButton runner={runner} run={run} />}
      </div>
    </section>
  )
}

function OutcomeDetails({ outcome }: { readonly outcome: Outcome }) {
  const Mark = outcome.isCorrect ? CircleCheck : TriangleAlert
  return (
    <>
      <p className={styles.summary} data-correct={outcome.isCorrect}>
        <Mark
          size={16}
          aria-label={outcome.isCorrect ? m.lab_outcome_correct() : m.lab_outcome_incorrect()}
        />
        <span>{outcome.summary}</span>
      </p>
      <dl className={styles.facts}>
        {outcome.facts.map(({ name, value }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}

function ReplayButton({ runner, run }: OutcomePanelProps) {
  if (run.schedule === undefined) return <p className={styles.quiet}>{m.lab_too_fast()}</p>
  return (
    <Button onClick={() => runner.replay()}>
      <ListRestart aria-hidden="true" />
      {m.lab_replay()}
    </Button>
  )
}

function describePhase({ phase, isPaused, isReplaying, failure }: RunState): string {
  switch (phase) {
    case 'loading':
      return m.lab_phase_loading()
    case 'failed':
      return failure ?? ''
    case 'ready':
      return m.lab_phase_ready()
    default:
      if (isReplaying) return m.lab_phase_replaying()
      return isPaused ? m.lab_phase_paused() : m.lab_phase_running()
  }
}

const describeReplay = ({ replayed, stopReason }: ReplayResult): string =>
  stopReason === undefined
    ? m.lab_replayed({ count: replayed })
    : m.lab_replay_diverged({ count: replayed, reason: stopReason })
