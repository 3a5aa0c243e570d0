import type { ReplayResult } from '@skein/threading/inspect'
import { CircleCheck, ListRestart, TriangleAlert, Unlink } from 'lucide-react'
import { Button } from '../../ui/button.tsx'
import type { Outcome } from '../model/exercise.ts'
import type { ExerciseRunner } from '../run/exercise-runner.ts'
import type { RunState } from '../run/run-state.ts'
import styles from './outcome-panel.module.css'

interface OutcomePanelProps {
  readonly runner: ExerciseRunner
  readonly run: RunState
}

/** What came of the run, and what can be done with it. */
export function OutcomePanel({ runner, run }: OutcomePanelProps) {
  const { phase, outcome, replayResult: reenactment, isBlockedForever: isStuck, endedThreads: broken } = run
  return (
    <section className={styles.panel} aria-label="Result">
      <div className={styles.outcome} role="status" aria-label="Outcome">
        {outcome ? (
          <OutcomeDetails outcome={outcome} />
        ) : (
          <p className={styles.quiet}>{describePhase(run)}</p>
        )}
        {broken.map((name) => (
          <p key={name}>{name} was ended, and what it held is free.</p>
        ))}
        {reenactment && <p className={styles.quiet}>{describeReplay(reenactment)}</p>}
      </div>
      <div className={styles.buttons}>
        {phase === 'failed' && <Button onClick={() => runner.reset()}>Try again</Button>}
        {isStuck && (
          <Button onClick={() => runner.breakDeadlock()}>
            <Unlink aria-hidden="true" />
            Break it
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
      <p className={styles.sentence} data-fine={outcome.isCorrect}>
        <Mark size={16} aria-label={outcome.isCorrect ? 'As it should be:' : 'Not as it should be:'} />
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
  if (run.schedule === undefined)
    return (
      <p className={styles.quiet}>
        This run was too fast for its order to be recorded whole: slow it down, or let it do less, to run it
        again in the same order.
      </p>
    )
  return (
    <Button onClick={() => runner.replay()}>
      <ListRestart aria-hidden="true" />
      Run again in this order
    </Button>
  )
}

function describePhase({ phase, isPaused: isHeld, isReplaying: isFollowing, failure }: RunState): string {
  switch (phase) {
    case 'loading':
      return 'The Lab’s process starts…'
    case 'failed':
      return failure ?? ''
    case 'ready':
      return 'Nothing has run yet: press Run, or Step to begin with every thread before its first step.'
    default:
      if (isFollowing) return 'The threads do it again in the same order…'
      return isHeld ? 'All threads are paused.' : 'The threads run…'
  }
}

const describeReplay = ({ replayed: followed, stopReason: stoppedBecause }: ReplayResult): string =>
  stoppedBecause === undefined
    ? `It followed the order of the run before, all ${followed} operations.`
    : `It followed the order of the run before for ${followed} operations, then went its own way. ${stoppedBecause}`
