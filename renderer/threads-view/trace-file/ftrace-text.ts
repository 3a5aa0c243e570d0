import type { ThreadState } from '@skein/threading/inspect'

/** A thread as in a trace of the kernel. Each has its own processor, with the same number. */
export interface Task {
  readonly tid: number
  /** The process's number. */
  readonly pid: number
  readonly name: string
}

/** Lines wait this long for earlier ones, in ns: samples bring events slightly out of sequence. */
const reorderWindow = 200e6

interface Line {
  readonly at: number
  readonly text: string
}

/**
 * The threads' states as lines of Linux's ftrace (`sched_switch`, `sched_waking`), which viewers of traces draw as
 * states of threads. Times are ns since the recording began; the lines are returned by time.
 */
export class FtraceText {
  #waiting: Line[] = []
  #written = 0
  #takenAt = Number.NEGATIVE_INFINITY
  readonly #running = new Set<number>()

  /** A thread entered a state. */
  enter(task: Task, at: number, state: ThreadState): void {
    if (state === 'New') return
    if (!this.#running.has(task.tid)) {
      this.#add(at, idle(task), `sched_switch: ${previous(swapper(task), 0, 'R')} ==> ${next(task)}`)
      this.#running.add(task.tid)
    }
    if (state === 'Runnable') return
    const left = `${previous(comm(task), task.tid, kernelStates[state])} ==> ${nextIdle(task)}`
    this.#add(at, head(task), `sched_switch: ${left}`)
    this.#running.delete(task.tid)
  }

  /** A thread woke another. */
  wake(waker: Task, at: number, woken: Task): void {
    const target = `comm=${comm(woken)} pid=${woken.tid} prio=120 target_cpu=${processor(woken)}`
    this.#add(at, head(waker), `sched_waking: ${target}`)
  }

  /** Returns the lines that no later line can precede. All lines up to `now` must have been added. */
  take(now: number): string[] {
    if (now - this.#takenAt < reorderWindow) return []
    this.#takenAt = now
    this.#waiting.sort((one, other) => one.at - other.at)
    const count = this.#waiting.findIndex(({ at }) => at > now - reorderWindow)
    const lines = this.#waiting.splice(0, count < 0 ? this.#waiting.length : count)
    return lines.map(({ at, text }) => {
      this.#written = Math.max(this.#written, at)
      return text.replace('@', seconds(this.#written))
    })
  }

  #add(at: number, task: string, event: string): void {
    this.#waiting.push({ at, text: `${task} .... @: ${event}` })
  }
}

/** The beginning of each ftrace text. */
export const ftraceHead = '# tracer: nop\n#\n'

const kernelStates: Readonly<Record<Exclude<ThreadState, 'New' | 'Runnable'>, string>> = {
  Blocked: 'D',
  Waiting: 'S',
  'Timed waiting': 'S',
  Terminated: 'X',
}

const processor = ({ tid }: Task): string => String(tid).padStart(3, '0')
const swapper = ({ tid }: Task): string => `swapper/${tid}`

/** A name without characters that end it in a line. */
const comm = ({ name }: Task): string => name.replace(/[\s=@]/g, '_') || '_'

const head = (task: Task): string =>
  `${comm(task).padStart(16)}-${String(task.tid).padEnd(7)} (${String(task.pid).padStart(5)}) [${processor(task)}]`
const idle = (task: Task): string => `${'<idle>'.padStart(16)}-${'0'.padEnd(7)} (-----) [${processor(task)}]`

const previous = (name: string, tid: number, state: string): string =>
  `prev_comm=${name} prev_pid=${tid} prev_prio=120 prev_state=${state}`
const next = (task: Task): string => `next_comm=${comm(task)} next_pid=${task.tid} next_prio=120`
const nextIdle = (task: Task): string => `next_comm=${swapper(task)} next_pid=0 next_prio=120`

/** Returns ns as seconds with six decimals. */
function seconds(at: number): string {
  const micros = Math.floor(at / 1000)
  return `${Math.floor(micros / 1e6)}.${String(micros % 1e6).padStart(6, '0')}`
}
