import type { Thread } from '@skein/threading'

/** Returns a text in the language of the window, which may change. */
export type MessageText = () => string

/** The value of each control by its name. A user sets it before a run, and a link restores it. */
export type Setup = Readonly<Record<string, number | string | boolean>>

/** A control above a page's code. */
export type Control =
  | {
      readonly kind: 'number'
      readonly name: string
      readonly label: MessageText
      readonly min: number
      readonly max: number
      readonly initial: number
    }
  | {
      readonly kind: 'choice'
      readonly name: string
      readonly label: MessageText
      readonly choices: readonly Choice[]
      readonly initial: string
    }
  | { readonly kind: 'switch'; readonly name: string; readonly label: MessageText; readonly initial: boolean }

export interface Choice {
  readonly value: string
  /** Missing if the value is a name of the program, such as `while`, which is shown as it is. */
  readonly label?: MessageText
}

/** A button that changes the objects of a run, such as one that sets an event. */
export interface Action {
  readonly name: string
  readonly label: MessageText
}

/** The result of a run. */
export interface Outcome {
  /** `2 threads made 1,000 additions each: expected 2,000, found 1,613. 387 updates were lost.` */
  readonly summary: string
  /** False for lost updates, a deadlock, or an error that the exercise demonstrates. */
  readonly isCorrect: boolean
  readonly facts: readonly Fact[]
}

export interface Fact {
  readonly name: string
  readonly value: string
}

/** A run that is under way, in the Lab's own process. */
export interface Run {
  /** The threads in the order of their start. The list grows as more are started. */
  readonly threads: readonly Thread[]
  /** Performs one of the exercise's actions. */
  performAction(action: string): void
  /** Resolves when the run is over, or when it is certain that it cannot end (a deadlock). Never rejects. */
  readonly outcome: Promise<Outcome>
}

/** The lines of a program as shown, and the line number (from 1) of each label (`at('label')` in the program). */
export interface Listing {
  readonly text: string
  readonly labelLines: Readonly<Record<string, number>>
}

/**
 * A page of the Lab: one idea of the threading tutorial, on the real primitives. Everything except `start` is data, so
 * that exercises run in Node's tests and in the Lab's page alike.
 */
export interface Exercise {
  /** Part of the page's address, such as `interference`. */
  readonly id: string
  readonly title: MessageText
  /** The paragraphs to read first. */
  readonly lesson: readonly MessageText[]
  readonly controls: readonly Control[]
  readonly actions: readonly Action[]
  /** A question to answer by trying. */
  readonly question: { readonly ask: MessageText; readonly answer: MessageText }
  /** The equivalent Python program, with the same labels as the TypeScript one. */
  readonly python: Listing
  /** The source that runs, without its labels. */
  readonly typescript: Listing
  /** Creates the objects and starts the threads. Called on the Lab's main thread, once in a process. */
  start(setup: Setup): Run
}
