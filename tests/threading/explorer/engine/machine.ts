import { ThreadKilled } from '../../../../shared/threading/src/core/errors.ts'
import {
  header,
  maxObjectRecords,
  object,
  objectAt,
  objectsEnd,
  slotState,
  stateCode,
  thread,
  threadAt,
} from '../../../../shared/threading/src/core/layout.ts'
import * as memory from '../../../../shared/threading/src/core/memory.ts'
import { type Run, type Scenario, Unreachable, Violation } from './scenario.ts'
import { clock, current } from './state.ts'
import { $atOnce, $isSteps, type Steps } from './stepping-runtime.ts'
import { type Kind, kinds, perform, type Step, wanted } from './steps.ts'

/** Runs one schedule of a scenario: lets one logical thread take one step at a time, as it is told. */

/** A logical thread. `ready` is about to do its step; `asleep` waits to be woken from the sleep it did. */
export interface Task {
  readonly name: string
  readonly ident: number
  readonly steps: Steps
  readonly step: Step
  readonly isServant: boolean
  state: 'ready' | 'asleep' | 'ended'
  /** When its sleep times out. */
  until: number
  /** Words of the guards it is in. */
  readonly guards: number[]
  /** What it read last, and how often in a row with nothing else between. */
  lastRead: number
  lastValue: number
  reads: number
  /** How often in a row it napped before the guard of a dead thread. */
  naps: number
  isDead: boolean
  /** The result of a step that it took in place. */
  placed: { readonly result: unknown } | undefined
}

/** Unwinds a thread that died where it could not be suspended. */
class Death extends Error {}

/** What can happen next: a thread's step, or the end of a thread's sleep because its time is up. */
export interface Option {
  task: Task
  timesOut: boolean
}

/** Says which of the first `count` options happens; the first is to go on without a switch where that can be. */
export type Choose = (count: number, switchIsFree: boolean, options: readonly Option[]) => number

/** A step that was taken, for the printed schedule. */
export type StepObserver = (task: Task, step: Step, result: unknown, timedOut: boolean) => void

const maxSteps = 20_000
/** Who reads the same word as often as this in a row, and finds the same, spins. */
const spinThreshold = 4

const memoryBytes = 2 ** 16
const buffer = memory.createMemory('explorer', { memoryBytes })
const words = new Int32Array(buffer)
const slots = 8
for (let slotNumber = 1; slotNumber < slots; slotNumber++) {
  const record = threadAt(slotNumber)
  words[record + thread.ident] = slotNumber + 1
  words[record + thread.slotState] = slotState.taken
  words[record + thread.state] = stateCode('Runnable')
  words[record + thread.startSequence] = slotNumber
  words[objectAt(slotNumber) + object.kind] = 1
}
words[header.startedThreads] = slots
words[header.tracingOff] = 1
const pristine = words.slice()

/** Where guards can lie: in the header and in objects' records, but for the word in which a lock has its owner. */
function canBeGuard(index: number): boolean {
  if (index < threadAt(0)) return true
  if (index < objectAt(0) || index >= objectsEnd(maxObjectRecords)) return false
  return (index - objectAt(0)) % (objectAt(1) - objectAt(0)) !== object.word
}

/** Guards hold the ident of who is inside. */
const entersGuard = (task: Task, { kind, index, expected, value }: Step): boolean =>
  kind === kinds.compareAndSet && expected === 0 && value === task.ident && canBeGuard(index)

/** Milliseconds that pass in a nap before the guard of a dead thread. */
const maxNapTime = 60
/** How often a thread naps before the same guard of a dead thread, and how often all threads spin with nothing between. */
const maxNaps = 2
const maxSpins = 100

/** A sleep as short as this is one before a guard that another is in. */
const isNap = ({ kind, timeout }: Step): boolean => kind === kinds.sleep && timeout < 1

export class Machine {
  readonly tasks: Task[] = []
  readonly #options: Option[] = []
  readonly #scenario: Scenario
  readonly #choose: Choose
  readonly #switchTakes: number
  readonly #observer: StepObserver | undefined
  #run: Run | undefined
  #last: Task | undefined
  #stepsTaken = 0
  #spins = 0
  #running: Task | undefined
  /** Threads that take steps in place, the last on top. Only that one of them can go on. */
  readonly #inPlace: Task[] = []
  /** What ends the schedule. Code under exploration may catch it. */
  #end: Error | undefined

  constructor(scenario: Scenario, choose: Choose, switchTakes: number, witness?: StepObserver) {
    this.#scenario = scenario
    this.#choose = choose
    this.#switchTakes = switchTakes
    this.#observer = witness
  }

  /** Runs it to its end. Throws Violation for what must not happen. */
  run(): void {
    this.#begin()
    while (this.#takeTurn()) if (this.#end !== undefined) throw this.#end
    this.#checkStuck()
    if (this.#run?.leavesNothing !== false) checkNothingLeft(this.tasks)
    become(1, 0)
    $atOnce(this.#run?.check?.())
  }

  #checkStuck(): void {
    const stuck = this.tasks.filter((task) => task.state !== 'ended' && !task.isServant)
    if (stuck.length > 0)
      throw new Violation(`${stuck.map(({ name }) => name).join(' and ')} can never go on`)
  }

  #begin(): void {
    words.set(pristine)
    clock.at = 1000
    current.plain = this.#scenario.plain ?? 'unguarded'
    current.guards = 0
    current.isAsleep = (ident) => this.tasks.some((task) => task.ident === ident && task.state === 'asleep')
    current.performInPlace = () => this.#performInPlace()
    become(1, 0)
    this.#run = $atOnce(this.#scenario.setUp()) as Run
    for (const [name, body] of Object.entries(this.#run.threads)) {
      const isServant = this.#run.servants?.includes(name) ?? false
      this.tasks.push(makeTask(name, this.tasks.length + 2, body, isServant))
    }
    const { undertaker } = this.#run
    if (undertaker !== undefined) this.tasks.push(makeTask('main', 1, undertaker, false))
  }

  /** False when nothing can happen any more. */
  #takeTurn(): boolean {
    const count = this.#collect()
    if (count === 0) {
      if (this.#inPlace.slice(0, -1).some(({ state }) => state === 'ready')) throw new Unreachable()
      return false
    }
    if (++this.#stepsTaken > maxSteps) throw new Violation(`no end after ${maxSteps} steps`)
    const first = this.#options[0]!
    const switchIsFree = first.task !== this.#last || first.timesOut
    const chosen = count === 1 ? 0 : this.#choose(count, switchIsFree, this.#options)
    const { task, timesOut } = this.#options[chosen]!
    if (task !== this.#last) clock.at += this.#switchTakes
    if (this.#last !== task) this.#last = task
    if (timesOut) this.#timeOut(task)
    else this.#step(task)
    return true
  }

  /** All that can happen, the present thread's step first, then the steps of others, then ends of sleeps. */
  #collect(): number {
    let count = 0
    if (this.#last !== undefined && this.#canStep(this.#last)) this.#offer(count++, this.#last, false)
    for (const task of this.tasks) {
      if (task !== this.#last && this.#canStep(task)) this.#offer(count++, task, false)
    }
    for (const task of this.tasks) {
      if (this.#canTimeOut(task)) this.#offer(count++, task, true)
    }
    this.#spins = count > 0 ? 0 : this.#spins + 1
    return count > 0 ? count : this.#collectSpinning()
  }

  /** Who spins goes on only when nobody else can: then it must find out that its time is up. */
  #collectSpinning(): number {
    let count = 0
    if (this.#spins > maxSpins) return 0
    for (const task of this.tasks) {
      if (this.#isBelow(task)) continue
      const naps = task.state === 'asleep' && task.until !== Infinity
      if (task.state === 'ready' || naps) this.#offer(count++, task, naps)
    }
    if (count > 0) clock.at += 20
    return count
  }

  #offer(place: number, task: Task, timesOut: boolean): void {
    const option = this.#options[place]
    if (option === undefined) this.#options.push({ task, timesOut })
    else {
      option.task = task
      option.timesOut = timesOut
    }
  }

  /** Not while it would only find again what it found before. */
  #canStep(task: Task): boolean {
    if (task.state !== 'ready' || this.#isBelow(task)) return false
    const { kind, index, value } = task.step
    if (isNap(task.step)) return words[index] !== value || this.#maySteal(task)
    return (
      kind !== kinds.load ||
      task.lastRead !== index ||
      task.reads < spinThreshold ||
      words[index] !== task.lastValue
    )
  }

  /** A thread that naps before a guard that another is in would only nap again, unless it takes the guard from a dead one. */
  #canTimeOut(task: Task): boolean {
    const { state, until, step } = task
    if (state !== 'asleep' || until === Infinity || this.#isBelow(task)) return false
    if (!isNap(step) || words[step.index] !== step.value) return true
    return this.#maySteal(task)
  }

  #maySteal({ naps, step }: Task): boolean {
    return naps < maxNaps && this.#isHeldByDead(step)
  }

  #isHeldByDead({ index, value }: Step): boolean {
    return this.tasks.some((task) => task.ident === value && task.state === 'ended' && words[index] === value)
  }

  #timeOut(task: Task): void {
    clock.at = Math.max(clock.at, task.until)
    // Before the guard of a dead thread it naps on until it takes the guard from it.
    if (isNap(task.step) && words[task.step.index] === task.step.value) {
      clock.at += maxNapTime
      task.naps++
    }
    this.#observer?.(task, task.step, undefined, true)
    this.#advance(task, undefined)
  }

  #step(task: Task): void {
    const { step } = task
    const result = perform(step)
    this.#observer?.(task, step, result, false)
    countReads(task, step, result)
    switch (step.kind) {
      case kinds.store:
      case kinds.compareAndSet:
        if (result === true) task.naps = 0
        this.#countGuards(task, step, result)
        break
      case kinds.wake:
        this.#wake(step.index)
        break
      case kinds.sleep:
        if (words[step.index] !== step.value) break
        this.#fallAsleep(task)
        return
      case kinds.terminate:
        this.#terminate(step.index)
        break
      case kinds.never:
        task.state = 'ended'
        return
    }
    this.#advance(task, result)
  }

  #countGuards(task: Task, step: Step, result: unknown): void {
    const { guards } = task
    if (step.kind === kinds.store) {
      const place = guards.indexOf(step.index)
      if (place >= 0) guards.splice(place, 1)
    } else if (result === true && entersGuard(task, step)) guards.push(step.index)
  }

  #fallAsleep(task: Task): void {
    task.state = 'asleep'
    task.until = clock.at + task.step.timeout
  }

  #wake(index: number): void {
    for (const task of this.tasks) {
      if (task.state !== 'asleep' || task.step.index !== index) continue
      // It goes on from its sleep when its turn comes.
      task.state = 'ready'
      task.step.kind = kinds.pause
    }
  }

  #terminate(ident: number): void {
    for (const task of this.tasks) {
      if (task.ident !== ident) continue
      task.state = 'ended'
      task.isDead = true
    }
  }

  /** Lets the thread run up to its next step, which it is then ready for. */
  #advance(task: Task, result: unknown): void {
    task.state = 'ready'
    if (this.#inPlace.includes(task)) {
      task.placed = { result }
      return
    }
    this.#enter(task)
    try {
      if (task.steps.next(result).done === true) task.state = 'ended'
    } catch (error) {
      if (!(error instanceof ThreadKilled || error instanceof Death)) throw error
      task.state = 'ended'
    }
    if (task.isDead) task.state = 'ended'
    if (task.state === 'ready') copyStep(wanted, task.step)
    this.#running = undefined
  }

  #enter(task: Task): void {
    become(task.ident, task.ident - 1)
    current.guards = task.guards.length
    this.#running = task
  }

  /** Takes the step that is wanted, in the turn of the thread that runs: others can go first, on top of it. */
  #performInPlace(): unknown {
    const task = this.#running
    if (task === undefined) return perform(wanted)
    // Code under exploration may have caught what unwinds it.
    if (this.#end !== undefined) throw this.#end
    if (task.isDead) throw new Death()
    copyStep(wanted, task.step)
    task.state = 'ready'
    task.placed = undefined
    this.#inPlace.push(task)
    try {
      return this.#waitForPlaced(task)
    } finally {
      this.#inPlace.pop()
      this.#enter(task)
    }
  }

  #waitForPlaced(task: Task): unknown {
    while (task.placed === undefined) {
      try {
        if (!this.#takeTurn()) {
          this.#checkStuck()
          throw new Unreachable()
        }
      } catch (error) {
        this.#end ??= error as Error
      }
      if (this.#end !== undefined) throw this.#end
      if (task.isDead) throw new Death()
    }
    return task.placed.result
  }

  #isBelow(task: Task): boolean {
    const index = this.#inPlace.indexOf(task)
    return index >= 0 && index < this.#inPlace.length - 1
  }
}

function copyStep(from: Step, to: Step): void {
  to.kind = from.kind
  to.index = from.index
  to.value = from.value
  to.expected = from.expected
  to.timeout = from.timeout
}

function makeTask(name: string, ident: number, body: () => unknown, isServant: boolean): Task {
  const steps = body()
  if (!$isSteps(steps)) throw new TypeError(`thread ${name} takes no step`)
  const step: Step = { kind: kinds.pause as Kind, index: 0, value: 0, expected: 0, timeout: 0 }
  const spin = { lastRead: -1, lastValue: 0, reads: 0, naps: 0, isDead: false, placed: undefined }
  return { name, ident, steps, step, isServant, state: 'ready', until: Infinity, guards: [], ...spin }
}

function countReads(task: Task, step: Step, result: unknown): void {
  const isRead = step.kind === kinds.load
  const isAgain = isRead && task.lastRead === step.index && task.lastValue === result
  task.reads = isAgain ? task.reads + 1 : 1
  task.lastRead = isRead ? step.index : -1
  task.lastValue = isRead ? (result as number) : 0
}

const become = (memory as unknown as { $become: (ident: number, slotNumber: number) => void }).$become

/** Where all ended in peace nobody is queued or in a guard. */
function checkNothingLeft(tasks: readonly Task[]): void {
  for (const { guards, ident } of tasks) {
    if (guards.some((index) => words[index] === ident)) throw new Violation(`ident ${ident} ended in a guard`)
  }
  for (let id = 1; id < words[header.nextObject]!; id++) {
    for (let list = 0; list < 3; list++) {
      if (words[objectAt(id) + object.lists + list * 2] !== 0)
        throw new Violation(`object ${id} has a waiter that left`)
    }
  }
}
