import type { Option, StepObserver, Task } from './machine.ts'
import type { Scenario } from './scenario.ts'
import { attempt, type Found, randomNumbers } from './search.ts'
import { type Kind, kinds } from './steps.ts'

/**
 * Walks through the deaths of a scenario: for some orders of its threads, it ends the doomed thread before every step
 * after which memory differs, and lets `main` recover at once or when no survivor can go on. Beyond that it draws
 * schedules: other orders, a recovery that begins after any number of the survivors' steps, and one that is interrupted
 * by them.
 */

export interface DeathSearchOptions {
  /** The maximum number of schedules. Deaths come first, then drawn schedules. */
  readonly schedules: number
  readonly seed: number
}

export interface DeathWalk {
  readonly scenario: string
  readonly schedules: number
  /** Different moments of death, in all orders. */
  readonly deaths: number
  /** Whether each of them was walked with both times of recovery. */
  readonly isWhole: boolean
  readonly found: Found | undefined
}

/** Which thread goes first, and when main ends the doomed thread and recovers. Counts of steps are `Infinity` for all. */
interface Plan {
  /** Names of threads: a thread that can go on is not interrupted; of the others, the first goes. */
  readonly order: readonly string[]
  /** How often another thread goes on instead; drawn with `seed`. */
  readonly switchRate: number
  readonly seed: number
  /** Steps of all threads before main begins. */
  readonly killAt: number
  /** Steps of the doomed thread between `killed` and its end. */
  readonly lateSteps: number
  /** Steps of the survivors between the death and its recovery. */
  readonly delay: number
  /** Steps of the recovery before it is interrupted, and steps of the survivors then. */
  readonly cutAfter: number
  readonly cutLength: number
}

const plainPlan = {
  switchRate: 0,
  seed: 0,
  killAt: Infinity,
  lateSteps: 0,
  delay: 0,
  cutAfter: Infinity,
  cutLength: 0,
}

/** After these steps, memory may differ. A death before another kind of step is like one before the step that follows. */
const changing: ReadonlySet<Kind> = new Set([
  kinds.store,
  kinds.compareAndSet,
  kinds.add,
  kinds.wake,
  kinds.plainWrite,
  kinds.pause,
  kinds.sleep,
])

export function walkDeaths(scenario: Scenario, options: DeathSearchOptions): DeathWalk {
  const search = new DeathSearch(scenario, options)
  const found = search.killEverywhere() ?? search.draw()
  const { schedules, deaths, isWhole } = search
  return { scenario: scenario.name, schedules, deaths, isWhole, found }
}

/** An order of threads, when a thread can die in it, and how many steps its recovery takes. */
interface Course {
  readonly plan: Plan
  readonly deaths: readonly number[]
  readonly recoverySteps: number
}

class DeathSearch {
  schedules = 0
  deaths = 0
  isWhole = true
  readonly #scenario: Scenario
  readonly #options: DeathSearchOptions
  readonly #draw: () => number
  readonly #courses: Course[] = []

  constructor(scenario: Scenario, options: DeathSearchOptions) {
    this.#scenario = scenario
    this.#options = options
    this.#draw = randomNumbers(options.seed)
  }

  /** Two thirds of the schedules at most, so that there is room for drawn ones: then a random choice of the deaths. */
  killEverywhere(): Found | undefined {
    for (const order of permutations(this.#threadNames())) {
      const course = this.#recordCourse({ ...plainPlan, order })
      if ('message' in course) return course
      this.#courses.push(course)
    }
    const all = this.#courses.flatMap(({ plan, deaths }) => deaths.map((killAt) => ({ ...plan, killAt })))
    const limit = Math.max(0, Math.floor((this.#options.schedules * 2 - this.schedules * 3) / 6))
    this.isWhole = all.length <= limit
    for (const plan of this.isWhole ? all : this.#shuffle(all).slice(0, limit)) {
      this.deaths++
      const found = this.#follow(plan) ?? this.#follow({ ...plan, delay: Infinity })
      if (found !== undefined) return found
    }
    return undefined
  }

  draw(): Found | undefined {
    while (this.schedules < this.#options.schedules) {
      const found = this.#follow(this.#drawPlan())
      if (found !== undefined) return found
    }
    return undefined
  }

  #drawPlan(): Plan {
    const { plan, deaths, recoverySteps } = this.#drawFrom(this.#courses)
    const steps = (maximum: number) => Math.floor(this.#draw() * maximum)
    return {
      order: plan.order,
      switchRate: this.#drawFrom([0, 0, 0.02, 0.1, 0.3]),
      seed: steps(2 ** 31),
      killAt: this.#drawFrom(deaths),
      lateSteps: this.#drawFrom([0, 0, steps(20), Infinity]),
      delay: this.#drawFrom([0, steps(10), steps(60), Infinity]),
      cutAfter: this.#drawFrom([Infinity, steps(recoverySteps)]),
      cutLength: this.#drawFrom([steps(10), Infinity]),
    }
  }

  /** (Fisher and Yates 1938.) */
  #shuffle<Value>(list: Value[]): Value[] {
    for (let last = list.length - 1; last > 0; last--) {
      const other = Math.floor(this.#draw() * (last + 1))
      ;[list[last], list[other]] = [list[other]!, list[last]!]
    }
    return list
  }

  #drawFrom<Value>(list: readonly Value[]): Value {
    return list[Math.floor(this.#draw() * list.length)]!
  }

  #threadNames(): string[] {
    let names: string[] = []
    const seen: StepObserver = (task) => {
      if (!names.includes(task.name) && task.ident !== 1) names = [...names, task.name]
    }
    attempt(
      this.#scenario,
      () => 0,
      () => [],
      0,
      undefined,
      seen,
    )
    return names
  }

  /** Lets the threads run without a death, and recovers at the end. */
  #recordCourse(plan: Plan): Course | Found {
    const deaths: number[] = []
    let steps = 0
    let recoverySteps = 0
    let mayDiffer = true
    const found = this.#follow(plan, (task, step) => {
      if (task.ident === 1) {
        recoverySteps++
        return
      }
      if (mayDiffer) deaths.push(steps)
      steps++
      mayDiffer = changing.has(step.kind)
    })
    return found ?? { plan, deaths: [...deaths, steps], recoverySteps }
  }

  #follow(plan: Plan, observer?: StepObserver): Found | undefined {
    this.schedules++
    const schedule = new PlannedSchedule(plan, this.#scenario.timesOut === true)
    return attempt(
      this.#scenario,
      schedule.choose,
      () => schedule.choices,
      this.#scenario.switchTakes ?? 0,
      undefined,
      (task, step, result, timedOut) => {
        schedule.observe(task, step.kind)
        observer?.(task, step, result, timedOut)
      },
    )
  }
}

/** Chooses what a plan says. */
class PlannedSchedule {
  readonly choices: number[] = []
  readonly #plan: Plan
  readonly #timesOut: boolean
  readonly #draw: () => number
  #phase: 'before' | 'killing' | 'delay' | 'recovery' | 'cut' | 'rest' = 'before'
  /** Of the threads apart from main, the one that took the last step. */
  #last: Task | undefined
  #steps = 0
  #lateSteps = 0
  #survivorsSteps = 0
  #recoverySteps = 0

  constructor(plan: Plan, timesOut: boolean) {
    this.#plan = plan
    this.#timesOut = timesOut
    this.#draw = randomNumbers(plan.seed)
  }

  readonly choose = (count: number, _switchIsFree: boolean, all: readonly Option[]): number => {
    const options = all.slice(0, count)
    const chosen = options.indexOf(this.#pick(options))
    this.choices.push(chosen)
    return chosen
  }

  readonly observe = (task: Task, kind: Kind): void => {
    if (task.ident !== 1) {
      this.#last = task
      this.#steps++
      if (this.#phase === 'delay' || this.#phase === 'cut') this.#survivorsSteps++
      if (this.#phase === 'killing') this.#lateSteps++
    } else if (kind === kinds.terminate) {
      this.#phase = 'delay'
      this.#survivorsSteps = 0
    } else if (this.#phase === 'before') this.#phase = 'killing'
    else if (this.#phase === 'recovery') this.#recoverySteps++
  }

  #pick(options: readonly Option[]): Option {
    const main = options.find(({ task }) => task.ident === 1)
    const others = this.#othersThanMain(options)
    if (main === undefined) return this.#pickOther(others.length > 0 ? others : options)
    if (others.length === 0) return main.timesOut ? this.#pickOther(options) : main
    // After a death, main sleeps to let the others go on.
    if (main.timesOut && this.#phase !== 'before' && this.#phase !== 'killing') return this.#pickOther(others)
    return this.#isMainsTurn(main, others) ? main : this.#pickOther(others)
  }

  /** An end of a sleep is an option of last resort, unless it is drawn. */
  #othersThanMain(options: readonly Option[]): Option[] {
    const all = options.filter(({ task }) => task.ident !== 1)
    const steps = all.filter(({ task, timesOut }) => !timesOut || isNap(task))
    if (!this.#timesOut || (steps.length > 0 && this.#draw() >= this.#plan.switchRate)) return steps
    return all
  }

  #isMainsTurn({ task: main }: Option, others: readonly Option[]): boolean {
    const { killAt, lateSteps, delay, cutAfter, cutLength } = this.#plan
    if (this.#phase === 'before' && this.#steps >= killAt) return true
    if (this.#phase === 'killing') {
      const isLate = main.step.kind === kinds.terminate && this.#lateSteps < lateSteps
      return !(isLate && others.some(({ task }) => task.ident === doomedIdent))
    }
    if (this.#phase === 'delay' && this.#survivorsSteps >= delay) this.#phase = 'recovery'
    if (this.#phase === 'recovery' && this.#recoverySteps >= cutAfter) {
      this.#phase = 'cut'
      this.#survivorsSteps = 0
    }
    if (this.#phase === 'cut' && this.#survivorsSteps >= cutLength) this.#phase = 'rest'
    if (this.#phase === 'rest') return this.#draw() >= this.#plan.switchRate
    return this.#phase === 'recovery'
  }

  /** The thread that took the last step, if it can go on. */
  #pickOther(options: readonly Option[]): Option {
    if (this.#phase === 'killing') {
      const doomed = options.find(({ task }) => task.ident === doomedIdent)
      if (doomed !== undefined) return doomed
    }
    const { order, switchRate } = this.#plan
    if (switchRate > 0 && this.#draw() < switchRate)
      return options[Math.floor(this.#draw() * options.length)]!
    const same = options.find(({ task, timesOut }) => task === this.#last && !timesOut)
    if (same !== undefined) return same
    const ranked = options.toSorted(
      (one, other) => order.indexOf(one.task.name) - order.indexOf(other.task.name),
    )
    return ranked[0]!
  }
}

/** The scenario's first thread dies. */
const doomedIdent = 2

const isNap = ({ step }: Task): boolean => step.timeout < 1

/** All orders, the given one first. */
function permutations(names: readonly string[]): string[][] {
  if (names.length <= 1) return [[...names]]
  return names.flatMap((first) =>
    permutations(names.filter((name) => name !== first)).map((rest) => [first, ...rest]),
  )
}
