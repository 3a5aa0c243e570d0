import { type Choose, Machine, type StepObserver } from './machine.ts'
import { describeSchedule } from './report.ts'
import { type Scenario, Unreachable, Violation } from './scenario.ts'

/**
 * Walks through the schedules of a scenario: first all with no preemption, then with one, two, three (iterative
 * context bounding: Musuvathi & Qadeer, PLDI 2007), then random ones. A preemption is a switch from a thread that
 * could have gone on, or a sleep that times out while another thread could have gone on. Switches at a sleep or
 * at the end of a thread are free, and all are walked.
 */

export interface SearchOptions {
  /** The maximum number of preemptions of a schedule in the first part. */
  readonly preemptions: number
  /** The maximum number of schedules for each number of preemptions. If there are more, a random choice is walked. */
  readonly limit: number
  /** Schedules of the second part. */
  readonly random: number
  readonly seed: number
}

export interface Found {
  readonly message: string
  /** What `replay` takes: `place:option` for each choice that was not the first option. */
  readonly choices: string
  readonly switchTakes: number
  /** The random schedule's seed, where it was one. */
  readonly seed: number | undefined
  /** Every step of the schedule. */
  readonly schedule: string
}

export interface Walk {
  readonly scenario: string
  readonly schedules: number
  /** For each number of preemptions, how many were walked, and whether these are all. */
  readonly bounds: readonly { readonly schedules: number; readonly isWhole: boolean }[]
  readonly found: Found | undefined
}

/** Choices as far as they are given, whose rest is the first option of each choice. */
interface Prefix {
  /** Of the schedule that this one branches off from. */
  readonly choices: readonly number[]
  readonly length: number
  readonly last: number
}

const root: Prefix = { choices: [], length: -1, last: 0 }

export function walk(scenario: Scenario, options: SearchOptions): Walk {
  const search = new Search(scenario, options)
  const found = search.bounded() ?? search.random()
  return { scenario: scenario.name, schedules: search.schedules, bounds: search.bounds, found }
}

/** Runs one schedule again. Answers with what was found in it. */
export function replay(scenario: Scenario, text: string, switchTakes?: number): Found | undefined {
  const choices = readChoices(text)
  let place = 0
  return attempt(
    scenario,
    () => choices[place++] ?? 0,
    () => choices,
    switchTakes ?? scenario.switchTakes ?? 0,
  )
}

const writeChoices = (choices: readonly number[]): string =>
  choices.flatMap((option, place) => (option === 0 ? [] : [`${place}:${option}`])).join(' ')

function readChoices(text: string): number[] {
  const choices: number[] = []
  for (const choice of text.split(' ').filter((part) => part !== '')) {
    const [place, option] = choice.split(':').map(Number)
    while (choices.length < place!) choices.push(0)
    choices.push(option!)
  }
  return choices
}

class Search {
  schedules = 0
  readonly bounds: { schedules: number; isWhole: boolean }[] = []
  readonly #scenario: Scenario
  readonly #options: SearchOptions
  readonly #draw: () => number

  constructor(scenario: Scenario, options: SearchOptions) {
    this.#scenario = scenario
    this.#options = options
    this.#draw = randomNumbers(options.seed)
  }

  bounded(): Found | undefined {
    let work = [root]
    let isAll = true
    for (let preemptions = 0; preemptions <= this.#options.preemptions && work.length > 0; preemptions++) {
      const { limit } = this.#options
      const next = new Sample(limit * 4, this.#draw)
      let walked = 0
      while (work.length > 0 && walked < limit) {
        walked++
        const found = this.#follow(
          takeOne(work, work.length + walked > limit ? this.#draw : undefined),
          work,
          next,
        )
        if (found !== undefined) return found
      }
      isAll &&= work.length === 0
      this.bounds.push({ schedules: walked, isWhole: isAll })
      isAll &&= !next.isPartial
      work = next.kept
    }
    return undefined
  }

  /** Runs the schedule of a prefix, and notes those that branch off behind it. */
  #follow(prefix: Prefix, free: Prefix[], preempting: Sample): Found | undefined {
    this.schedules++
    const choices: number[] = []
    const branches: Prefix[] = []
    const choose = (options: number, switchIsFree: boolean) => {
      const place = choices.length
      const chosen =
        place < prefix.length ? prefix.choices[place]! : place === prefix.length ? prefix.last : 0
      if (place > prefix.length) {
        for (let last = 1; last < options; last++) {
          const branch = { choices, length: place, last }
          if (switchIsFree) branches.push(branch)
          else preempting.add(branch)
        }
      }
      choices.push(chosen)
      return chosen
    }
    const found = attempt(this.#scenario, choose, () => choices, this.#scenario.switchTakes ?? 0)
    free.push(...branches)
    return found
  }

  random(): Found | undefined {
    for (let count = 0; count < this.#options.random; count++) {
      const found = randomSchedule(this.#scenario, this.#options.seed + count)
      this.schedules++
      if (found !== undefined) return found
    }
    return undefined
  }
}

/** The schedule of a seed: it also says how long switches take, and how often they come. */
export function randomSchedule(scenario: Scenario, seed: number): Found | undefined {
  const draw = randomNumbers(seed)
  const rate = [0.5, 0.2, 0.05][Math.floor(draw() * 3)]!
  const takes = [0, 0.3, 2][Math.floor(draw() * 3)]!
  const choices: number[] = []
  const choose = (options: number, switchIsFree: boolean) => {
    const chosen = switchIsFree || draw() < rate ? Math.floor(draw() * options) : 0
    choices.push(chosen)
    return chosen
  }
  return attempt(scenario, choose, () => choices, takes, seed)
}

export function attempt(
  scenario: Scenario,
  choose: Choose,
  choices: () => readonly number[],
  switchTakes: number,
  seed?: number,
  observer?: StepObserver,
): Found | undefined {
  try {
    new Machine(scenario, choose, switchTakes, observer).run()
    return undefined
  } catch (error) {
    if (error instanceof Unreachable) return undefined
    const sentence = error instanceof Violation ? error.message : `it threw ${String(error)}`
    const taken = [...choices()]
    const schedule = describeSchedule(scenario, taken, switchTakes)
    return { message: sentence, choices: writeChoices(taken), switchTakes, seed, schedule }
  }
}

/** The newest, which keeps the list short; or any, where not all can be walked. */
function takeOne(work: Prefix[], draw: (() => number) | undefined): Prefix {
  if (draw !== undefined) {
    const place = Math.floor(draw() * work.length)
    const last = work.length - 1
    ;[work[place], work[last]] = [work[last]!, work[place]!]
  }
  return work.pop()!
}

/** Keeps a random sample of what is added (reservoir sampling: Vitter 1985). */
class Sample {
  readonly kept: Prefix[] = []
  readonly #size: number
  readonly #draw: () => number
  #seen = 0

  constructor(size: number, draw: () => number) {
    this.#size = size
    this.#draw = draw
  }

  get isPartial(): boolean {
    return this.#seen > this.#size
  }

  add(prefix: Prefix): void {
    this.#seen++
    if (this.kept.length < this.#size) this.kept.push(prefix)
    else {
      const place = Math.floor(this.#draw() * this.#seen)
      if (place < this.#size) this.kept[place] = prefix
    }
  }
}

/** Numbers from 0 to 1 that depend on the seed alone (mulberry32). */
export function randomNumbers(seed: number): () => number {
  let state = seed | 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}
