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
import { m } from '../../../shared/i18n/messages.js'
import { selectLocale } from '../../../shared/locale.ts'
import { exercises } from '../exercises/index.ts'
import { delay } from '../exercises/support/async-helpers.ts'
import { runControl } from '../exercises/support/run-control.ts'
import type { Outcome, Run, Setup } from '../model/exercise.ts'
import { findCurrentLabel } from '../programs/support/line-marker.ts'
import { RunRecorder } from './run-recorder.ts'
import type { ScheduleStep } from './schedule.ts'

/** How the threads of a run start. */
export interface InitialControl {
  /** Each pauses before its first operation. */
  readonly paused: boolean
  /** 1 to 1000. */
  readonly slowness: number
}

/**
 * The Lab's process, which its frame exposes to the window. It has its own threads and memory, so that nothing in it can
 * disturb the music. It runs one exercise once; another run needs a new frame.
 */
export class LabProcess {
  readonly #inspector = new Inspector()
  readonly #recorder = new RunRecorder()
  #run: Run | undefined
  #initialControl: InitialControl = { paused: false, slowness: 1 }

  /** The exercise steps its threads itself, so that they are paused is not the user's wish. */
  get isStepping(): boolean {
    return runControl.isStepping
  }

  /** Selects the language of outcomes. The frame has its own copy of the messages. */
  selectLocale(locale: string): void {
    selectLocale([locale])
  }

  sample(): ProcessView {
    return this.#inspector.sample()
  }

  /** Returns which of these labels marks the line that a thread is on. */
  findCurrentLabel(ident: number, labels: readonly string[]): string | undefined {
    return findCurrentLabel(ident, labels)
  }

  /**
   * Starts an exercise. Resolves with its outcome; rejects if it could not be started.
   */
  async start(id: string, setup: Setup, control: InitialControl, isReplaying = false): Promise<Outcome> {
    const exercise = exercises.find((candidate) => candidate.id === id)
    if (exercise === undefined) throw new Error(`There is no exercise ${id}.`)
    this.#setInitialControl(control)
    runControl.isReplaying = isReplaying
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

  /** Pauses all threads before their next operation, including those that have not started; or resumes them. */
  setPaused(paused: boolean): void {
    this.#setInitialControl({ ...this.#initialControl, paused })
    if (paused) for (const ident of this.#aliveIdents()) pauseThread(ident)
    else if (!runControl.isStepping) for (const ident of this.#aliveIdents()) resumeThread(ident)
  }

  /** Lets every paused thread do one operation. */
  stepAll(): void {
    for (const ident of this.#aliveIdents()) stepThread(ident)
  }

  /** Lets a paused thread do one operation; pauses a running one. */
  stepThread(ident: number): void {
    if (this.#aliveIdents().includes(ident) && !stepThread(ident)) pauseThread(ident)
  }

  setSlowness(slowness: number): void {
    this.#setInitialControl({ ...this.#initialControl, slowness })
    for (const ident of this.#aliveIdents()) slowDownThread(ident, slowness)
  }

  controlThread(ident: number, command: ThreadControlCommand): 'done' | 'ended' {
    if (!this.#aliveIdents().includes(ident)) return 'ended'
    controlThread(ident, command)
    return 'done'
  }

  /** Ends a thread from outside, whatever it is doing. */
  endThread(ident: number): void {
    killThread(ident)
  }

  /** Returns the order of operations so far; undefined if the run was too fast or too long to record completely. */
  getSchedule(): readonly ScheduleStep[] | undefined {
    return this.#recorder.getSchedule()
  }

  /** Forces a schedule on a run whose threads are paused before their first operation, then resumes them. */
  async replay(steps: readonly ScheduleStep[], isStopped: () => boolean): Promise<ReplayResult> {
    const result = await this.#replaySteps(steps, isStopped)
    runControl.isStepping = false
    if (!isStopped()) this.setPaused(false)
    return result
  }

  /** Ends all threads before the frame is removed. */
  close(): void {
    this.#recorder.stop()
    // Wakes threads that sleep: otherwise the browser waits two seconds before it ends them by force.
    for (const ident of this.#aliveIdents()) killThread(ident)
    closePool()
  }

  async #replaySteps(steps: readonly ScheduleStep[], isStopped: () => boolean): Promise<ReplayResult> {
    for (const [replayed, step] of steps.entries()) {
      if (isStopped()) return { replayed, stopReason: m.lab_replay_stopped() }
      if ('action' in step) this.#run?.performAction(step.action)
      else {
        const stopReason = await this.#replayOperation(step, isStopped)
        if (stopReason !== undefined) return { replayed, stopReason }
      }
      // Slow motion applies to a replay, too.
      if (this.#initialControl.slowness > 1) await delay((this.#initialControl.slowness - 1) / 10)
    }
    return { replayed: steps.length, stopReason: undefined }
  }

  /** A thread that waits with a timeout, or for main, reaches its next operation by itself: this waits until it does. */
  async #replayOperation(
    { thread: name, afterMain }: Extract<ScheduleStep, { readonly thread: string }>,
    isStopped: () => boolean,
  ): Promise<string | undefined> {
    for (;;) {
      const { stopReason } = await replaySchedule([name], isStopped)
      const thread = snapshot().threads.findLast((candidate) => candidate.name === name)
      const willArrive = thread?.until !== undefined || (afterMain && thread?.waiting !== undefined)
      if (stopReason === undefined || isStopped() || !willArrive) return stopReason
    }
  }

  #setInitialControl({ paused, slowness }: InitialControl): void {
    this.#initialControl = { paused, slowness: Math.min(Math.max(1, slowness), maxSlowness) }
    runControl.isPaused = paused
    setInitialThreadControl(this.#initialControl)
  }

  #aliveIdents(): number[] {
    return enumerate()
      .map(({ ident }) => ident ?? 1)
      .filter((ident) => ident !== 1)
  }
}
