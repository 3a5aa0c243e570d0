import { closePool, enumerate, killThread } from '@skein/threading'
import {
  controlThread,
  Inspector,
  maxSlowness,
  type ProcessView,
  pauseThread,
  type ReplayResult,
  replaySchedule,
  resumeThread,
  setInitialThreadControl,
  slowDownThread,
  snapshot,
  stepThread,
  type ThreadControlCommand,
} from '@skein/threading/inspect'
import { exercises } from '../exercises/index.ts'
import { runControl } from '../exercises/support/run-control.ts'
import type { Outcome, Run, Setup } from '../model/exercise.ts'
import { findCurrentLabel } from '../programs/support/line-marker.ts'
import { RunRecorder } from './run-recorder.ts'
import type { ScheduleStep } from './schedule.ts'

/** How the threads of a run begin. */
export interface InitialControl {
  /** Each stands before its first step. */
  readonly paused: boolean
  /** 1 to 1000 */
  readonly slowness: number
}

/**
 * The Lab's process, as its frame shows it to the window around it: threads and memory of their own, which nothing that
 * happens to them shares with the music. It runs one exercise once; for another run the frame is loaded anew.
 */
export class LabProcess {
  readonly #inspector = new Inspector()
  readonly #recorder = new RunRecorder()
  #run: Run | undefined
  #initialControl: InitialControl = { paused: false, slowness: 1 }

  /** The exercise steps its threads by itself: that they are held means nothing. */
  get isStepping(): boolean {
    return runControl.isStepping
  }

  sample(): ProcessView {
    return this.#inspector.sample()
  }

  /** The label, of those given, of the line that a thread is on. */
  findCurrentLabel(ident: number, labels: readonly string[]): string | undefined {
    return findCurrentLabel(ident, labels)
  }

  /**
   * Starts an exercise, whose threads are to follow an order or not. Resolves with its outcome; rejects when it could
   * not be started.
   */
  async start(id: string, setup: Setup, pace: InitialControl, isFollowing = false): Promise<Outcome> {
    const exercise = exercises.find((one) => one.id === id)
    if (exercise === undefined) throw new Error(`There is no exercise ${id}.`)
    this.#setInitialControl(pace)
    runControl.isReplaying = isFollowing
    this.#recorder.start()
    try {
      this.#run = exercise.start(setup)
      return await this.#run.outcome
    } finally {
      this.#recorder.stop()
    }
  }

  performAction(action: string): void {
    this.#recorder.recordUserAction(action)
    this.#run?.performAction(action)
  }

  /** Holds all threads, those that are yet to start among them, each before its next operation; or lets all go on. */
  setPaused(held: boolean): void {
    this.#setInitialControl({ ...this.#initialControl, paused: held })
    if (held) for (const ident of this.#aliveIdents()) pauseThread(ident)
    else if (!runControl.isStepping) for (const ident of this.#aliveIdents()) resumeThread(ident)
  }

  /** Lets every thread that stands do one operation. */
  stepAll(): void {
    for (const ident of this.#aliveIdents()) stepThread(ident)
  }

  /** Lets one thread do one operation; holds it first where it runs. */
  stepThread(ident: number): void {
    if (this.#aliveIdents().includes(ident) && !stepThread(ident)) pauseThread(ident)
  }

  setSlowness(slowness: number): void {
    this.#setInitialControl({ ...this.#initialControl, slowness })
    for (const ident of this.#aliveIdents()) slowDownThread(ident, slowness)
  }

  /** What the grid of threads asks for. */
  controlThread(ident: number, order: ThreadControlCommand): void {
    controlThread(ident, order)
  }

  /** Ends a thread from outside, wherever it is. */
  endThread(ident: number): void {
    killThread(ident)
  }

  /** The order of the run's operations until now; undefined where it was too fast or too long to be recorded whole. */
  getSchedule(): readonly ScheduleStep[] | undefined {
    return this.#recorder.getSchedule()
  }

  /** Forces an order on a run whose threads stand before their first step, then lets them go on. */
  async replay(steps: readonly ScheduleStep[], isStopped: () => boolean): Promise<ReplayResult> {
    const result = await this.#replaySteps(steps, isStopped)
    runControl.isStepping = false
    if (!isStopped()) this.setPaused(false)
    return result
  }

  /** Ends all threads, for a frame that is about to go. */
  close(): void {
    this.#recorder.stop()
    // One that sleeps is woken: a browser gives it two seconds otherwise before it ends it by force.
    for (const ident of this.#aliveIdents()) killThread(ident)
    closePool()
  }

  async #replaySteps(steps: readonly ScheduleStep[], isStopped: () => boolean): Promise<ReplayResult> {
    for (const [followed, step] of steps.entries()) {
      if (isStopped()) return { replayed: followed, stopReason: 'It was stopped.' }
      if ('action' in step) this.#run?.performAction(step.action)
      else {
        const stoppedBecause = await this.#replayOperation(step, isStopped)
        if (stoppedBecause !== undefined) return { replayed: followed, stopReason: stoppedBecause }
      }
      // Slow enough to be watched, where slow motion is asked for.
      if (this.#initialControl.slowness > 1) await delay((this.#initialControl.slowness - 1) / 10)
    }
    return { replayed: steps.length, stopReason: undefined }
  }

  /** A thread that waits for a time only, or for main, comes to its turn, however long that takes. */
  async #replayOperation(
    { thread: name, afterMain }: Extract<ScheduleStep, { readonly thread: string }>,
    isStopped: () => boolean,
  ): Promise<string | undefined> {
    for (;;) {
      const { stopReason: stoppedBecause } = await replaySchedule([name], isStopped)
      const thread = snapshot().threads.findLast((one) => one.name === name)
      const willCome = thread?.until !== undefined || (afterMain && thread?.waiting !== undefined)
      if (stoppedBecause === undefined || isStopped() || !willCome) return stoppedBecause
    }
  }

  #setInitialControl(pace: InitialControl): void {
    this.#initialControl = { ...pace, slowness: Math.min(Math.max(1, pace.slowness), maxSlowness) }
    runControl.isPaused = pace.paused
    setInitialThreadControl({ paused: pace.paused, slowness: this.#initialControl.slowness })
  }

  #aliveIdents(): number[] {
    return enumerate()
      .map(({ ident }) => ident ?? 1)
      .filter((ident) => ident !== 1)
  }
}

const delay = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))
