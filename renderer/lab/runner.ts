import {
  findDeadlocks,
  type ProcessView,
  type Reenactment,
  type ThreadView,
} from '../../shared/threading/index.ts'
import { sentence } from '../app/actions.ts'
import { ThreadsModel } from '../threads-view/threads-model.ts'
import type { Exercise, Outcome, Setup } from './exercise.ts'
import type { LabProcess } from './lab-process.ts'
import type { Step } from './order.ts'

/** Where a page's run is. A frame runs once, so each run but the first begins with a new frame. */
export type Phase = 'loading' | 'ready' | 'running' | 'over' | 'failed'

export interface RunState {
  /** Grows with each frame. */
  readonly frame: number
  readonly phase: Phase
  /** Why there is no process, or why the exercise could not be started. */
  readonly failure: string | undefined
  /** Threads of the run are alive: also after its outcome, where they wait for each other. */
  readonly isAlive: boolean
  /** The user holds all threads. */
  readonly isHeld: boolean
  readonly outcome: Outcome | undefined
  /** The order of the run before is being followed. */
  readonly isFollowing: boolean
  readonly reenactment: Reenactment | undefined
  /** The order of the run that is over; undefined where it was too fast to be recorded. */
  readonly order: readonly Step[] | undefined
  /** Threads wait for each other, or for what nobody will do any more. */
  readonly isStuck: boolean
  /** The names of threads that were ended to break that. */
  readonly broken: readonly string[]
  /** What the threads look like, and looked like: of this frame. */
  readonly model: ThreadsModel
}

/** How a run is to begin once its frame is there. */
interface Beginning {
  readonly held: boolean
  readonly order: readonly Step[] | undefined
  /** The setup of the run whose order is followed. */
  readonly setup: Setup
}

const nobody: ProcessView = {
  process: 'lab',
  at: 0,
  threads: [],
  objects: [],
  events: [],
  wakes: [],
  acts: [],
  unmarked: 0,
  dropped: 0,
}

/** Runs one exercise again and again, each time in a process of its own. The view shows its state. */
export class Runner {
  readonly #exercise: Exercise
  readonly #listeners = new Set<() => void>()
  #lab: LabProcess | undefined
  #next: Beginning | undefined
  #setup: Setup = {}
  #slowness = 1
  #view = nobody
  #wasStuck = false
  #state: RunState = fresh(1)

  constructor(exercise: Exercise) {
    this.#exercise = exercise
  }

  state = (): RunState => this.#state

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  /** The process as it is now. */
  look = (): ProcessView => {
    this.#view = this.#lab?.look() ?? { ...nobody, at: performance.timeOrigin + performance.now() }
    const { isStuck } = this.#state
    const now = this.#seemsStuck()
    // A look is not one moment: what two in a row show is so.
    if (now === this.#wasStuck && now !== isStuck) this.#set({ isStuck: now })
    this.#wasStuck = now
    this.#noteThreads()
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
  loaded(lab: LabProcess | undefined, failure = ''): void {
    this.#lab = lab
    const next = this.#next
    this.#next = undefined
    this.#set(lab === undefined ? { phase: 'failed', failure } : { phase: 'ready' })
    if (lab !== undefined && next !== undefined) this.#begin(lab, next)
  }

  run(setup: Setup): void {
    this.#start({ held: false, order: undefined, setup })
  }

  /** Lets each thread do one operation; begins a run whose threads stand before their first where none is under way. */
  step(setup: Setup): void {
    const { phase, isAlive, isHeld } = this.#state
    if (phase !== 'running' && !isAlive) this.#start({ held: true, order: undefined, setup })
    else if (isHeld) this.#lab?.step()
    else this.hold(true)
  }

  runAgain(): void {
    const { order } = this.#state
    if (order !== undefined) this.#start({ held: true, order, setup: this.#setup })
  }

  hold(isHeld: boolean): void {
    this.#lab?.hold(isHeld)
    this.#set({ isHeld })
  }

  slow(slowness: number): void {
    this.#slowness = slowness
    this.#lab?.slow(slowness)
  }

  /** Does one of the exercise's actions. */
  act(action: string): void {
    this.#lab?.act(action)
  }

  /** Ends a thread of the deadlock, or of those that wait for ever; the others may go on. */
  breakDeadlock(): void {
    const { threads } = this.look()
    const circle = findDeadlocks(this.#view)[0]?.links.map(({ thread }) => thread)
    const victim = threads.find((thread) => (circle ? circle.includes(thread.id) : waitsForEver(thread)))
    if (victim === undefined) return
    this.#lab?.end(victim.id)
    this.#set({ broken: [...this.#state.broken, victim.name] })
  }

  /** Throws process and threads away; a new process waits for the next run. */
  reset(): void {
    this.#next = undefined
    this.#renew()
  }

  close(): void {
    this.#lab?.close()
    this.#lab = undefined
  }

  /** Threads can be held and let go one by one, too. */
  #noteThreads(): void {
    const alive = this.#view.threads.filter(({ id, state }) => id !== 1 && state !== 'Terminated')
    const isAlive = alive.length > 0
    if (isAlive !== this.#state.isAlive) this.#set({ isAlive })
    if (!isAlive || this.#state.phase === 'ready' || this.#isSteered()) return
    const isHeld = alive.every(({ control }) => control === 'paused')
    if (isHeld !== this.#state.isHeld) this.#set({ isHeld })
  }

  /** An order or the exercise itself lets the threads go step by step: that they are held is no wish of the user's. */
  #isSteered(): boolean {
    return this.#state.isFollowing || this.#lab?.isStepping === true
  }

  #seemsStuck(): boolean {
    const { phase } = this.#state
    if (phase === 'over') return this.#view.threads.some(waitsForEver)
    return phase === 'running' && findDeadlocks(this.#view).length > 0
  }

  #start(next: Beginning): void {
    const { phase } = this.#state
    if (this.#lab !== undefined && phase === 'ready') this.#begin(this.#lab, next)
    else {
      if (phase !== 'loading') this.#renew()
      this.#next = next
    }
  }

  #renew(): void {
    this.close()
    this.#view = nobody
    this.#state = fresh(this.#state.frame + 1)
    this.#tell()
  }

  #begin(lab: LabProcess, { held, order, setup }: Beginning): void {
    this.#setup = setup
    const { frame } = this.#state
    const isGone = () => this.#state.frame !== frame
    this.#set({ phase: 'running', isHeld: held && order === undefined, isFollowing: order !== undefined })
    lab.start(this.#exercise.id, setup, { held, slowness: this.#slowness }, order !== undefined).then(
      (outcome) => !isGone() && this.#set({ phase: 'over', outcome, order: plain(lab.order()) }),
      (error: unknown) => !isGone() && this.#set({ phase: 'failed', failure: sentence(error) }),
    )
    if (order === undefined) return
    void lab
      .followOrder(order, isGone)
      .then((reenactment) => !isGone() && this.#set({ reenactment, isFollowing: false }))
  }

  #set(change: Partial<RunState>): void {
    this.#state = { ...this.#state, ...change }
    this.#tell()
  }

  #tell(): void {
    for (const listener of this.#listeners) listener()
  }
}

const waitsForEver = ({ id, state, until }: ThreadView): boolean =>
  id !== 1 && (state === 'Blocked' || state === 'Waiting') && until === undefined

const fresh = (frame: number): RunState => ({
  frame,
  phase: 'loading',
  failure: undefined,
  isAlive: false,
  isHeld: false,
  outcome: undefined,
  isFollowing: false,
  reenactment: undefined,
  order: undefined,
  isStuck: false,
  broken: [],
  model: new ThreadsModel(['lab']),
})

/** A copy that does not keep the frame it came from. */
const plain = (order: readonly Step[] | undefined): readonly Step[] | undefined =>
  order && structuredClone(order)
