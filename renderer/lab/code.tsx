import { useCallback, useId, useLayoutEffect, useMemo, useRef } from 'react'
import styles from './code.module.css'
import { CodePainter } from './code-painter.ts'
import { useDisplayRate } from './display-rate.ts'
import type { Exercise, Listing } from './exercise.ts'
import { type Listings, showListings, useLab } from './lab-store.ts'
import { lineOf } from './line-of.ts'
import type { Runner, RunState } from './runner.ts'
import { useThreads } from './use-threads.ts'

interface CodeProps {
  readonly exercise: Exercise
  readonly runner: Runner
  readonly run: RunState
}

/** The program in either language or both, with each thread's name at the line it is on. */
export function Code({ exercise, runner, run }: CodeProps) {
  const shown = useLab((state) => state.listings)
  return (
    <div className={styles.listings} data-both={shown === 'both' || undefined}>
      <ListingsChoice shown={shown} />
      {shown !== 'python' && (
        <CodeListing language="TypeScript" listing={exercise.typescript} runner={runner} run={run} />
      )}
      {shown !== 'typescript' && (
        <CodeListing language="Python" listing={exercise.python} runner={runner} run={run} />
      )}
    </div>
  )
}

const choices: readonly { readonly listings: Listings; readonly words: string }[] = [
  { listings: 'typescript', words: 'TypeScript' },
  { listings: 'python', words: 'Python' },
  { listings: 'both', words: 'Both' },
]

function ListingsChoice({ shown }: { readonly shown: Listings }) {
  const group = useId()
  return (
    <fieldset className={styles.choice}>
      <legend>Language</legend>
      {choices.map(({ listings, words }) => (
        <label key={listings}>
          <input
            type="radio"
            name={group}
            checked={listings === shown}
            onChange={() => showListings(listings)}
          />
          {words}
        </label>
      ))}
    </fieldset>
  )
}

interface CodeListingProps {
  readonly language: string
  readonly listing: Listing
  readonly runner: Runner
  readonly run: RunState
}

function CodeListing({ language, listing, runner, run }: CodeListingProps) {
  const root = useRef<HTMLPreElement>(null)
  const painter = useRef<CodePainter>(undefined)
  const threads = useThreads(run.model)
  const lines = useMemo(() => listing.text.split('\n'), [listing])

  useLayoutEffect(() => {
    if (root.current) painter.current = new CodePainter(root.current, styles.chip ?? '')
  }, [])
  const paint = useCallback(() => {
    painter.current?.paint(threads.map(({ id, name }) => ({ id, name, line: lineOf(runner, id, listing) })))
  }, [runner, threads, listing])
  useDisplayRate(paint, run.phase === 'running' || run.isAlive)

  return (
    <section className={styles.listing} aria-label={`Program in ${language}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
      <pre ref={root} className={styles.code} tabIndex={0}>
        {lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is known by its number
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
