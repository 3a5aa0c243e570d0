import { findDeadlocks, type ProcessView, type ReplayResult, type ThreadView } from '@skein/threading/inspect'
import { errorMessage } from '../../session/actions.ts'
import { ThreadsModel } from '../../threads-view/model/threads-model.ts'
import type { Exercise, Outcome, Setup } from '../model/exercise.ts'
import type { LabProcess } from './lab-process.ts'
import type { ScheduleStep } from './schedule.ts'

/** Where a page's run is. A frame runs once, so each run but the first begins with a new frame. */
export type RunPhase = 'loading' | 'ready' | 'running' | 'over' | 'failed'

export interface RunState {
  /** Grows with each frame. */
  readonly frame: number
  readonly phase: RunPhase
  /** Why there is no process, or why the exercise could not be started. */
  readonly failure: string | undefined
  /** Threads of the run are alive: also after its outcome, where they wait for each other. */
  readonly isAlive: boolean
  /** The user holds all threads. */
  readonly isPaused: boolean
  readonly outcome: Outcome | undefined
  /** The order of the run before is being followed. */
  readonly isReplaying: boolean
  readonly replayResult: ReplayResult | undefined
  /** The order of the run that is over; undefined where it was too fast to be recorded. */
  readonly schedule: readonly ScheduleStep[] | undefined
  /** Threads wait for each other, or for what nobody will do any more. */
  readonly isBlockedForever: boolean
  /** The names of threads that were ended to break that. */
  readonly endedThreads: readonly string[]
  /** What the threads look like, and looked like: of this frame. */
  readonly model: ThreadsModel
}

/** How a run is to begin once its frame is there. */
interface PendingRun {
  readonly paused: boolean
  readonly schedule: readonly ScheduleStep[] | undefined
  /** The setup of the run whose order is followed. */
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

/** Runs one exercise again and again, each time in a process of its own. The view shows its state. */
export class ExerciseRunner {
  readonly #exercise: Exercise
  readonly #listeners = new Set<() => void>()
  #lab: LabProcess | undefined
  #pendingRun: PendingRun | undefined
  #setup: Setup = {}
  #slowness = 1
  #view = emptyView
  #wasBlockedForever = false
  #state: RunState = createInitialState(1)

  constructor(exercise: Exercise) {
    this.#exercise = exercise
  }

  state = (): RunState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The process as it is now. */
  sample = (): ProcessView => {
    this.#view = this.#lab?.sample() ?? { ...emptyView, at: performance.timeOrigin + performance.now() }
    const { isBlockedForever: isStuck } = this.#state
    const now = this.#appearsBlockedForever()
    // A look is not one moment: what two in a row show is so.
    if (now === this.#wasBlockedForever && now !== isStuck) this.#updateState({ isBlockedForever: now })
    this.#wasBlockedForever = now
    this.#updateThreadStatus()
    return this.#view
  }

  /** As it was at the last look. */
  get view(): ProcessView {
    return this.#view
  }

  get lab(): LabProcess | undefined {
    return this.#lab
  }

  /** The frame has loaded: with a process, or with the reason why there is none. */
  handleFrameLoad(lab: LabProcess | undefined, failure = ''): void {
    this.#lab = lab
    const next = this.#pendingRun
    this.#pendingRun = undefined
    this.#updateState(lab === undefined ? { phase: 'failed', failure } : { phase: 'ready' })
    if (lab !== undefined && next !== undefined) this.#startRun(lab, next)
  }

  run(setup: Setup): void {
    this.#startOrDefer({ paused: false, schedule: undefined, setup })
  }

  /** Lets each thread do one operation; begins a run whose threads stand before their first where none is under way. */
  stepAll(setup: Setup): void {
    const { phase, isAlive, isPaused: isHeld } = this.#state
    if (phase !== 'running' && !isAlive) this.#startOrDefer({ paused: true, schedule: undefined, setup })
    else if (isHeld) this.#lab?.stepAll()
    else this.setPaused(true)
  }

  replay(): void {
    const { schedule: order } = this.#state
    if (order !== undefined) this.#startOrDefer({ paused: true, schedule: order, setup: this.#setup })
  }

  setPaused(isHeld: boolean): void {
    this.#lab?.setPaused(isHeld)
    this.#updateState({ isPaused: isHeld })
  }

  setSlowness(slowness: number): void {
    this.#slowness = slowness
    this.#lab?.setSlowness(slowness)
  }

  /** Does one of the exercise's actions. */
  performAction(action: string): void {
    this.#lab?.performAction(action)
  }

  /** Ends a thread of the deadlock, or of those that wait for ever; the others may go on. */
  breakDeadlock(): void {
    const { threads } = this.sample()
    const circle = findDeadlocks(this.#view)[0]?.links.map(({ thread }) => thread)
    const victim = threads.find((thread) =>
      circle ? circle.includes(thread.id) : isThreadBlockedForever(thread),
    )
    if (victim === undefined) return
    this.#lab?.endThread(victim.id)
    this.#updateState({ endedThreads: [...this.#state.endedThreads, victim.name] })
  }

  /** Throws process and threads away; a new process waits for the next run. */
  reset(): void {
    this.#pendingRun = undefined
    this.#loadNewFrame()
  }

  close(): void {
    this.#lab?.close()
    this.#lab = undefined
  }

  /** Threads can be held and let go one by one, too. */
  #updateThreadStatus(): void {
    const alive = this.#view.threads.filter(({ id, state }) => id !== 1 && state !== 'Terminated')
    const isAlive = alive.length > 0
    if (isAlive !== this.#state.isAlive) this.#updateState({ isAlive })
    if (!isAlive || this.#state.phase === 'ready' || this.#isControlledByRun()) return
    const isHeld = alive.every(({ control }) => control === 'paused')
    if (isHeld !== this.#state.isPaused) this.#updateState({ isPaused: isHeld })
  }

  /** An order or the exercise itself lets the threads go step by step: that they are held is no wish of the user's. */
  #isControlledByRun(): boolean {
    return this.#state.isReplaying || this.#lab?.isStepping === true
  }

  #appearsBlockedForever(): boolean {
    const { phase } = this.#state
    if (phase === 'over') return this.#view.threads.some(isThreadBlockedForever)
    return phase === 'running' && findDeadlocks(this.#view).length > 0
  }

  #startOrDefer(next: PendingRun): void {
    const { phase } = this.#state
    if (this.#lab !== undefined && phase === 'ready') this.#startRun(this.#lab, next)
    else {
      if (phase !== 'loading') this.#loadNewFrame()
      this.#pendingRun = next
    }
  }

  #loadNewFrame(): void {
    this.close()
    this.#view = emptyView
    this.#state = createInitialState(this.#state.frame + 1)
    this.#notifyListeners()
  }

  #startRun(lab: LabProcess, { paused: held, schedule: order, setup }: PendingRun): void {
    this.#setup = setup
    const { frame } = this.#state
    const isGone = () => this.#state.frame !== frame
    this.#updateState({
      phase: 'running',
      isPaused: held && order === undefined,
      isReplaying: order !== undefined,
    })
    lab.start(this.#exercise.id, setup, { paused: held, slowness: this.#slowness }, order !== undefined).then(
      (outcome) =>
        !isGone() &&
        this.#updateState({ phase: 'over', outcome, schedule: cloneSchedule(lab.getSchedule()) }),
      (error: unknown) => !isGone() && this.#updateState({ phase: 'failed', failure: errorMessage(error) }),
    )
    if (order === undefined) return
    void lab
      .replay(order, isGone)
      .then(
        (reenactment) => !isGone() && this.#updateState({ replayResult: reenactment, isReplaying: false }),
      )
  }

  #updateState(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change }
    this.#notifyListeners()
  }

  #notifyListeners(): void {
    for (const listener of this.#listeners) listener()
  }
}

const isThreadBlockedForever = ({ id, state, until }: ThreadView): boolean =>
  id !== 1 && (state === 'Blocked' || state === 'Waiting') && until === undefined

const createInitialState = (frame: number): RunState => ({
  frame,
  phase: 'loading',
  failure: undefined,
  isAlive: false,
  isPaused: false,
  outcome: undefined,
  isReplaying: false,
  replayResult: undefined,
  schedule: undefined,
  isBlockedForever: false,
  endedThreads: [],
  model: new ThreadsModel(['lab']),
})

/** A copy that does not keep the frame it came from. */
const cloneSchedule = (order: readonly ScheduleStep[] | undefined): readonly ScheduleStep[] | undefined =>
  order && structuredClone(order)
