import {
  closePool,
  controlThread,
  enumerate,
  Inspector,
  killThread,
  mostSlowness,
  type ProcessView,
  pauseThread,
  type Reenactment,
  reenact,
  resumeThread,
  setThreadStart,
  slowThread,
  snapshot,
  stepThread,
  type ThreadOrder,
} from '../../shared/threading/index.ts'
import { labelOf } from './at.ts'
import type { Outcome, Run, Setup } from './exercise.ts'
import { exercises } from './exercises/index.ts'
import type { Step } from './order.ts'
import { Recorder } from './recorder.ts'
import { steering } from './steering.ts'

/** How the threads of a run begin. */
export interface Pace {
  /** Each stands before its first step. */
  readonly held: boolean
  /** 1 to 1000 */
  readonly slowness: number
}

/**
 * The Lab's process, as its frame shows it to the window around it: threads and memory of their own, which nothing that
 * happens to them shares with the music. It runs one exercise once; for another run the frame is loaded anew.
 */
export class LabProcess {
  readonly #inspector = new Inspector()
  readonly #recorder = new Recorder()
  #run: Run | undefined
  #pace: Pace = { held: false, slowness: 1 }

  /** The exercise steps its threads by itself: that they are held means nothing. */
  get isStepping(): boolean {
    return steering.isStepping
  }

  look(): ProcessView {
    return this.#inspector.look()
  }

  /** The label, of those given, of the line that a thread is on. */
  labelOf(ident: number, labels: readonly string[]): string | undefined {
    return labelOf(ident, labels)
  }

  /**
   * Starts an exercise, whose threads are to follow an order or not. Resolves with its outcome; rejects when it could
   * not be started.
   */
  async start(id: string, setup: Setup, pace: Pace, isFollowing = false): Promise<Outcome> {
    const exercise = exercises.find((one) => one.id === id)
    if (exercise === undefined) throw new Error(`There is no exercise ${id}.`)
    this.#setPace(pace)
    steering.isFollowing = isFollowing
    this.#recorder.start()
    try {
      this.#run = exercise.start(setup)
      return await this.#run.outcome
    } finally {
      this.#recorder.stop()
    }
  }

  act(action: string): void {
    this.#recorder.act(action)
    this.#run?.act(action)
  }

  /** Holds all threads, those that are yet to start among them, each before its next operation; or lets all go on. */
  hold(held: boolean): void {
    this.#setPace({ ...this.#pace, held })
    if (held) for (const ident of this.#alive()) pauseThread(ident)
    else if (!steering.isStepping) for (const ident of this.#alive()) resumeThread(ident)
  }

  /** Lets every thread that stands do one operation. */
  step(): void {
    for (const ident of this.#alive()) stepThread(ident)
  }

  /** Lets one thread do one operation; holds it first where it runs. */
  stepOne(ident: number): void {
    if (this.#alive().includes(ident) && !stepThread(ident)) pauseThread(ident)
  }

  slow(slowness: number): void {
    this.#setPace({ ...this.#pace, slowness })
    for (const ident of this.#alive()) slowThread(ident, slowness)
  }

  /** What the grid of threads asks for. */
  control(ident: number, order: ThreadOrder): void {
    controlThread(ident, order)
  }

  /** Ends a thread from outside, wherever it is. */
  end(ident: number): void {
    killThread(ident)
  }

  /** The order of the run's operations until now; undefined where it was too fast or too long to be recorded whole. */
  order(): readonly Step[] | undefined {
    return this.#recorder.order()
  }

  /** Forces an order on a run whose threads stand before their first step, then lets them go on. */
  async followOrder(steps: readonly Step[], isStopped: () => boolean): Promise<Reenactment> {
    const result = await this.#follow(steps, isStopped)
    steering.isStepping = false
    if (!isStopped()) this.hold(false)
    return result
  }

  /** Ends all threads, for a frame that is about to go. */
  close(): void {
    this.#recorder.stop()
    // One that sleeps is woken: a browser gives it two seconds otherwise before it ends it by force.
    for (const ident of this.#alive()) killThread(ident)
    closePool()
  }

  async #follow(steps: readonly Step[], isStopped: () => boolean): Promise<Reenactment> {
    for (const [followed, step] of steps.entries()) {
      if (isStopped()) return { followed, stoppedBecause: 'It was stopped.' }
      if ('action' in step) this.#run?.act(step.action)
      else {
        const stoppedBecause = await this.#takeTurn(step, isStopped)
        if (stoppedBecause !== undefined) return { followed, stoppedBecause }
      }
      // Slow enough to be watched, where slow motion is asked for.
      if (this.#pace.slowness > 1) await pause((this.#pace.slowness - 1) / 10)
    }
    return { followed: steps.length, stoppedBecause: undefined }
  }

  /** A thread that waits for a time only, or for main, comes to its turn, however long that takes. */
  async #takeTurn(
    { thread: name, afterMain }: Extract<Step, { readonly thread: string }>,
    isStopped: () => boolean,
  ): Promise<string | undefined> {
    for (;;) {
      const { stoppedBecause } = await reenact([name], isStopped)
      const thread = snapshot().threads.findLast((one) => one.name === name)
      const willCome = thread?.until !== undefined || (afterMain && thread?.waiting !== undefined)
      if (stoppedBecause === undefined || isStopped() || !willCome) return stoppedBecause
    }
  }

  #setPace(pace: Pace): void {
    this.#pace = { ...pace, slowness: Math.min(Math.max(1, pace.slowness), mostSlowness) }
    steering.isHeld = pace.held
    setThreadStart({ paused: pace.held, slowness: this.#pace.slowness })
  }

  #alive(): number[] {
    return enumerate()
      .map(({ ident }) => ident ?? 1)
      .filter((ident) => ident !== 1)
  }
}

const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
