import type { Thread } from '@skein/threading'

/** What a user sets before a run, and what a link restores: the value of each control by its name. */
export type Setup = Readonly<Record<string, number | string | boolean>>

/** A control above a page's code. */
export type Control =
  | {
      readonly kind: 'number'
      readonly name: string
      readonly label: string
      readonly min: number
      readonly max: number
      readonly initial: number
    }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: string
      readonly choices: readonly { readonly value: string; readonly label: string }[]
      readonly initial: string
    }
  | { readonly kind: 'switch'; readonly name: string; readonly label: string; readonly initial: boolean }

/** A button that does something to the objects of a run: `set the event`, `release once more`. */
export interface Action {
  readonly name: string
  readonly label: string
}

/** What came of a run, in words and figures. */
export interface Outcome {
  /** One sentence: `Two threads added 1,000 each: expected 2,000, found 1,613. 387 updates were lost.` */
  readonly summary: string
  /** Whether it went as a program should: false for lost updates, a deadlock, an error that was to be shown. */
  readonly isCorrect: boolean
  readonly facts: readonly { readonly name: string; readonly value: string }[]
}

/** A run that is under way. All of it happens in the Lab's own process. */
export interface Run {
  /** The threads in the order of their start; more may follow. */
  readonly threads: readonly Thread[]
  /** Performs one of the exercise's actions. */
  performAction(action: string): void
  /** Resolves when the run is over. Never rejects; a run that cannot end (a deadlock) resolves when that is certain. */
  readonly outcome: Promise<Outcome>
}

/** One listing: its lines as shown, and which line each label stands for (`at('label')` in the program, from 1). */
export interface Listing {
  readonly text: string
  readonly labelLines: Readonly<Record<string, number>>
}

/**
 * A page of the Lab: one idea of the threading tutorial, on the real primitives. Pure data but for `start`, so that it
 * runs in Node's tests as in the Lab's page.
 */
export interface Exercise {
  /** In the page's address: `interference`. */
  readonly id: string
  readonly title: string
  /** What to read first, a paragraph each. */
  readonly lesson: readonly string[]
  readonly controls: readonly Control[]
  readonly actions: readonly Action[]
  /** A question to answer by trying, and what trying shows. */
  readonly question: { readonly ask: string; readonly answer: string }
  /** Python's program, with the same labels as the TypeScript one. */
  readonly python: Listing
  /** The very source that runs, without its labels. */
  readonly typescript: Listing
  /** Makes the objects and starts the threads. Called on the Lab's main, once in a process. */
  start(setup: Setup): Run
}
