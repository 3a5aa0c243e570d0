import { now } from '@skein/threading'
import { findDeadlocks, type ProcessView, type ThreadView } from '@skein/threading/inspect'
import { errorMessage } from '../../../shared/error-message.ts'
import { currentLocale } from '../../../shared/locale.ts'
import { SampleConfirmation } from '../exercises/support/sample-confirmation.ts'
import type { Exercise, Setup } from '../model/exercise.ts'
import type { LabProcess } from './lab-process.ts'
import { createInitialState, type RunState } from './run-state.ts'
import type { ScheduleStep } from './schedule.ts'

/** A run that starts once its frame has loaded. */
interface PendingRun {
  readonly paused: boolean
  /** The schedule to replay, recorded with the same setup. */
  readonly schedule: readonly ScheduleStep[] | undefined
  readonly setup: Setup
}

const emptyView: ProcessView = {
  process: 'lab',
  at: 0,
  threads: [],
  objects: [],
  events: [],
  wakes: [],
  operations: [],
  unrecordedCount: 0,
  dropped: 0,
}

/** Runs one exercise repeatedly, each time in a process of its own. The view shows its state. */
export class ExerciseRunner {
  readonly #exercise: Exercise
  readonly #listeners = new Set<() => void>()
  #lab: LabProcess | undefined
  #pendingRun: PendingRun | undefined
  #setup: Setup = {}
  #slowness = 1
  #view = emptyView
  readonly #blockedForever = new SampleConfirmation<string>()
  #state: RunState = createInitialState(1)

  constructor(exercise: Exercise) {
    this.#exercise = exercise
  }

  state = (): RunState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** Takes a sample of the process and updates the state from it. */
  sample = (): ProcessView => {
    this.#view = this.#lab?.sample() ?? { ...emptyView, at: now() }
    const wait = this.#describeEndlessWait()
    const isConfirmed = this.#blockedForever.confirms(wait)
    const isBlockedForever = wait !== ''
    if (isConfirmed && isBlockedForever !== this.#state.isBlockedForever)
      this.#updateState({ isBlockedForever })
    this.#updateThreadStatus()
    return this.#view
  }

  /** The last sample. */
  get view(): ProcessView {
    return this.#view
  }

  get lab(): LabProcess | undefined {
    return this.#lab
  }

  /** The frame has loaded, with a process or with the reason why there is none. */
  handleFrameLoad(lab: LabProcess | undefined, failure = ''): void {
    this.#lab = lab
    lab?.selectLocale(currentLocale())
    const pendingRun = this.#pendingRun
    this.#pendingRun = undefined
    this.#updateState(lab === undefined ? { phase: 'failed', failure } : { phase: 'ready' })
    if (lab !== undefined && pendingRun !== undefined) this.#startRun(lab, pendingRun)
  }

  run(setup: Setup): void {
    this.#startOrDefer({ paused: false, schedule: undefined, setup })
  }

  /** Lets each thread do one operation. If no run is under way, starts one with all threads paused. */
  stepAll(setup: Setup): void {
    const { phase, isAlive, isPaused } = this.#state
    if (phase !== 'running' && !isAlive) this.#startOrDefer({ paused: true, schedule: undefined, setup })
    else if (isPaused) this.#lab?.stepAll()
    else this.setPaused(true)
  }

  replay(): void {
    const { schedule } = this.#state
    if (schedule !== undefined) this.#startOrDefer({ paused: true, schedule, setup: this.#setup })
  }

  setPaused(isPaused: boolean): void {
    this.#lab?.setPaused(isPaused)
    this.#updateState({ isPaused })
  }

  setSlowness(slowness: number): void {
    this.#slowness = slowness
    this.#lab?.setSlowness(slowness)
  }

  performAction(action: string): void {
    this.#lab?.performAction(action)
  }

  /** Ends one thread of the deadlock, or one that waits forever, so that the others may continue. */
  breakDeadlock(): void {
    const { threads } = this.sample()
    const cycle = findDeadlocks(this.#view)[0]?.links.map(({ thread }) => thread)
    const victim = threads.find((thread) =>
      cycle ? cycle.includes(thread.id) : isThreadBlockedForever(thread),
    )
    if (victim === undefined) return
    this.#lab?.endThread(victim.id)
    this.#updateState({ endedThreads: [...this.#state.endedThreads, victim.name] })
  }

  /** Discards the process and its threads, and loads a new process for the next run. */
  reset(): void {
    this.#pendingRun = undefined
    this.#loadNewFrame()
  }

  close(): void {
    this.#lab?.close()
    this.#lab = undefined
  }

  /** Follows threads that are paused and resumed one by one. */
  #updateThreadStatus(): void {
    const alive = this.#view.threads.filter(({ id, state }) => id !== 1 && state !== 'Terminated')
    const isAlive = alive.length > 0
    if (isAlive !== this.#state.isAlive) this.#updateState({ isAlive })
    if (!isAlive || this.#state.phase === 'ready' || this.#isControlledByRun()) return
    const isPaused = alive.every(({ control }) => control === 'paused')
    if (isPaused !== this.#state.isPaused) this.#updateState({ isPaused })
  }

  /** A replay or the exercise steps the threads, so that they are paused is not the user's wish. */
  #isControlledByRun(): boolean {
    return this.#state.isReplaying || this.#lab?.isStepping === true
  }

  /** Identifies a wait that appears to last forever; empty for none. */
  #describeEndlessWait(): string {
    const { phase } = this.#state
    const { threads } = this.#view
    const waiters = phase === 'over' ? threads.filter(isThreadBlockedForever) : []
    const cycle = phase === 'running' ? findDeadlocks(this.#view)[0] : undefined
    if (cycle !== undefined) waiters.push(...threads.filter(({ id }) => id === cycle.links[0]?.thread))
    // The wait that began first ends last, if it ends at all.
    const [longest] = waiters.sort((one, other) => one.since - other.since)
    return longest === undefined ? '' : `${longest.id} ${longest.since}`
  }

  #startOrDefer(run: PendingRun): void {
    const { phase } = this.#state
    if (this.#lab !== undefined && phase === 'ready') this.#startRun(this.#lab, run)
    else {
      if (phase !== 'loading') this.#loadNewFrame()
      this.#pendingRun = run
    }
  }

  #loadNewFrame(): void {
    this.close()
    this.#view = emptyView
    this.#state = createInitialState(this.#state.frame + 1)
    this.#notifyListeners()
  }

  #startRun(lab: LabProcess, { paused, schedule, setup }: PendingRun): void {
    this.#setup = setup
    const { frame } = this.#state
    const isGone = (): boolean => this.#state.frame !== frame
    const updateUnlessGone = (change: Partial<RunState>): void => {
      if (!isGone()) this.#updateState(change)
    }
    const isReplaying = schedule !== undefined
    this.#updateState({ phase: 'running', isPaused: paused && !isReplaying, isReplaying })
    const control = { paused, slowness: this.#slowness }
    lab.start(this.#exercise.id, setup, control, isReplaying).then(
      (outcome) =>
        // A process that is gone cannot be asked for its schedule.
        isGone() || this.#updateState({ phase: 'over', outcome, schedule: cloneSchedule(lab.getSchedule()) }),
      (error: unknown) => updateUnlessGone({ phase: 'failed', failure: errorMessage(error) }),
    )
    if (schedule === undefined) return
    void lab
      .replay(schedule, isGone)
      .then((replayResult) => updateUnlessGone({ replayResult, isReplaying: false }))
  }

  #updateState(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change }
    this.#notifyListeners()
  }

  #notifyListeners(): void {
    for (const listener of this.#listeners) listener()
  }
}

const isThreadBlockedForever = ({ id, state, until, waitSequence }: ThreadView): boolean =>
  id !== 1 && (state === 'Blocked' || state === 'Waiting') && until === undefined && waitSequence !== 0

/** Returns a copy that does not keep its frame in memory. */
const cloneSchedule = (schedule: readonly ScheduleStep[] | undefined): readonly ScheduleStep[] | undefined =>
  schedule && structuredClone(schedule)
