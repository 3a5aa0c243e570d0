import { CircleCheck, ListRestart, TriangleAlert, Unlink } from 'lucide-react'
import type { Reenactment } from '../../shared/threading/index.ts'
import { Button } from '../ui/button.tsx'
import type { Outcome } from './exercise.ts'
import styles from './outcome-panel.module.css'
import type { Runner, RunState } from './runner.ts'

interface OutcomePanelProps {
  readonly runner: Runner
  readonly run: RunState
}

/** What came of the run, and what can be done with it. */
export function OutcomePanel({ runner, run }: OutcomePanelProps) {
  const { phase, outcome, reenactment, isStuck, broken } = run
  return (
    <section className={styles.panel} aria-label="Result">
      <div className={styles.outcome} role="status" aria-label="Outcome">
        {outcome ? <Told outcome={outcome} /> : <p className={styles.quiet}>{phaseSentence(run)}</p>}
        {broken.map((name) => (
          <p key={name}>{name} was ended, and what it held is free.</p>
        ))}
        {reenactment && <p className={styles.quiet}>{reenactmentSentence(reenactment)}</p>}
      </div>
      <div className={styles.buttons}>
        {phase === 'failed' && <Button onClick={() => runner.reset()}>Try again</Button>}
        {isStuck && (
          <Button onClick={() => runner.breakDeadlock()}>
            <Unlink aria-hidden="true" />
            Break it
          </Button>
        )}
        {phase === 'over' && <Again runner={runner} run={run} />}
      </div>
    </section>
  )
}

function Told({ outcome }: { readonly outcome: Outcome }) {
  const Mark = outcome.fine ? CircleCheck : TriangleAlert
  return (
    <>
      <p className={styles.sentence} data-fine={outcome.fine}>
        <Mark size={16} aria-label={outcome.fine ? 'As it should be:' : 'Not as it should be:'} />
        <span>{outcome.sentence}</span>
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

function Again({ runner, run }: OutcomePanelProps) {
  if (run.order === undefined)
    return (
      <p className={styles.quiet}>
        This run was too fast for its order to be recorded whole: slow it down, or let it do less, to run it
        again in the same order.
      </p>
    )
  return (
    <Button onClick={() => runner.runAgain()}>
      <ListRestart aria-hidden="true" />
      Run again in this order
    </Button>
  )
}

function phaseSentence({ phase, isHeld, isFollowing, failure }: RunState): string {
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

const reenactmentSentence = ({ followed, stoppedBecause }: Reenactment): string =>
  stoppedBecause === undefined
    ? `It followed the order of the run before, all ${followed} operations.`
    : `It followed the order of the run before for ${followed} operations, then went its own way. ${stoppedBecause}`
