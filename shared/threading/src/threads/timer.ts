import { defineTargets, nameOfTarget, type Target, targetNamed } from '../core/targets.ts'
import { Event } from '../primitives/event.ts'
import { defaultThreadName, type KeywordOptions, Thread, type ThreadOptions } from './thread.ts'

interface Interval {
  /** Milliseconds from `start` until the target is called. */
  readonly interval: number
}

export interface TimerOptions<Args extends readonly unknown[]> extends ThreadOptions<Args>, Interval {
  readonly target: (...args: [...Args]) => unknown
}

export interface KeywordTimerOptions<Args extends readonly unknown[], Kwargs extends object>
  extends KeywordOptions<Args, Kwargs>,
    Interval {}

type TimerArguments = readonly [Event, number, string, readonly unknown[]]

/**
 * A thread that waits before it calls its target, unless it is cancelled before. It takes a worker for all that time.
 * Throws ValueError for a target that its module did not give to `defineTargets`.
 */
export class Timer<
  Args extends readonly unknown[] = readonly unknown[],
  Kwargs extends object = object,
> extends Thread<TimerArguments> {
  readonly #finished: Event

  constructor(options: TimerOptions<Args>)
  constructor(options: KeywordTimerOptions<Args, Kwargs>)
  constructor(options: TimerOptions<Args> | KeywordTimerOptions<Args, Kwargs>) {
    const finished = new Event()
    const { interval, target, args = [], kwargs, ...rest } = options
    const all = kwargs === undefined ? args : [...args, kwargs]
    const called = nameOfTarget(target as Target)
    const name = rest.name ?? defaultThreadName(called)
    super({ ...rest, name, target: waitAndCall, args: [finished, interval, called, all] })
    this.#finished = finished
  }

  /** The target is not called, if it was not yet. The thread ends at once. */
  cancel(): void {
    this.#finished.set()
  }
}

async function waitAndCall(...[finished, interval, target, args]: TimerArguments): Promise<void> {
  if (!finished.wait(interval)) await targetNamed(target)(...args)
  finished.set()
}

defineTargets({ waitAndCall })
