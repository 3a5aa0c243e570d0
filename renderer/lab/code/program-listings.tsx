import { useCallback, useId, useLayoutEffect, useMemo, useRef } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { Exercise, Listing, MessageText } from '../model/exercise.ts'
import type { ExerciseRunner } from '../run/exercise-runner.ts'
import type { RunState } from '../run/run-state.ts'
import { chooseListing, type ListingChoice, useLabStore } from '../state/lab-store.ts'
import { findCurrentLine } from './current-line.ts'
import { LineMarkPainter } from './line-mark-painter.ts'
import styles from './program-listings.module.css'
import { usePaintAtDisplayRate } from './use-display-rate.ts'
import { useRunThreads } from './use-run-threads.ts'

interface ProgramListingsProps {
  readonly exercise: Exercise
  readonly runner: ExerciseRunner
  readonly run: RunState
}

/** The program in one language or both, with each thread's name at the line it is on. */
export function ProgramListings({ exercise, runner, run }: ProgramListingsProps) {
  const choice = useLabStore((state) => state.listingChoice)
  return (
    <div className={styles.listings} data-both={choice === 'both' || undefined}>
      <ListingSelector choice={choice} />
      {choice !== 'python' && (
        <ProgramListing language="TypeScript" listing={exercise.typescript} runner={runner} run={run} />
      )}
      {choice !== 'typescript' && (
        <ProgramListing language="Python" listing={exercise.python} runner={runner} run={run} />
      )}
    </div>
  )
}

const listingChoices: readonly { readonly value: ListingChoice; readonly label: MessageText }[] = [
  { value: 'typescript', label: () => 'TypeScript' },
  { value: 'python', label: () => 'Python' },
  { value: 'both', label: m.lab_language_both },
]

function ListingSelector({ choice }: { readonly choice: ListingChoice }) {
  const group = useId()
  return (
    <fieldset className={styles.choice}>
      <legend>{m.lab_language()}</legend>
      {listingChoices.map(({ value, label }) => (
        <label key={value}>
          <input type="radio" name={group} checked={value === choice} onChange={() => chooseListing(value)} />
          {label()}
        </label>
      ))}
    </fieldset>
  )
}

interface ProgramListingProps {
  readonly language: string
  readonly listing: Listing
  readonly runner: ExerciseRunner
  readonly run: RunState
}

function ProgramListing({ language, listing, runner, run }: ProgramListingProps) {
  const root = useRef<HTMLPreElement>(null)
  const painter = useRef<LineMarkPainter>(undefined)
  const threads = useRunThreads(run.model)
  const lines = useMemo(() => listing.text.split('\n'), [listing])

  useLayoutEffect(() => {
    if (root.current) painter.current = new LineMarkPainter(root.current, styles.mark ?? '')
  }, [])
  const paint = useCallback(() => {
    painter.current?.paint(
      threads.map(({ id, name }) => ({ id, name, line: findCurrentLine(runner, id, listing) })),
    )
  }, [runner, threads, listing])
  usePaintAtDisplayRate(paint, run.phase === 'running' || run.isAlive)

  return (
    <section className={styles.listing} aria-label={m.lab_program_in({ language })}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <pre ref={root} className={styles.code} tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is identified by its number
          <code key={index} className={styles.line} data-line={index + 1}>
            <span className={styles.number} aria-hidden="true">
              {index + 1}
            </span>
            <span className={styles.text}>{`${line}\n`}</span>
            <span className={styles.marks} data-marks aria-hidden="true" />
          </code>
        ))}
      </pre>
    </section>
  )
}
