import { RuntimeError } from '../core/errors.ts'
import { me } from '../core/memory.ts'
import type { OwnedOptions } from '../core/primitive.ts'
import { defineTargets, nameOfTarget, type Target, targetNamed } from '../core/targets.ts'
import { checkTimeout } from '../core/timeout.ts'
import { Event } from '../primitives/event.ts'
import { defaultThreadName, type KeywordOptions, Thread, type ThreadOptions } from './thread.ts'

interface Interval {
  /** Milliseconds from `start` until the target is called; 0 or less: at once, Infinity: never. */
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
 * A thread that waits for an interval, then calls its target unless it was cancelled. It occupies a worker all that
 * time. Throws ValueError for a target that its module did not give to `defineTargets`, TypeError for an interval that
 * is no number.
 */
export class Timer<
  Args extends readonly unknown[] = readonly unknown[],
  Kwargs extends object = object,
> extends Thread<TimerArguments> {
  /** The arguments of `waitAndCall`. Its event is made when the thread starts, and the thread disposes of it. */
  readonly #arguments: unknown[]
  #finished: Event | undefined
  #isCancelled = false

  constructor(options: TimerOptions<Args>)
  constructor(options: KeywordTimerOptions<Args, Kwargs>)
  constructor(options: TimerOptions<Args> | KeywordTimerOptions<Args, Kwargs>) {
    const { interval, target, args = [], kwargs, ...rest } = options
    checkTimeout(interval)
    const targetArguments = kwargs === undefined ? args : [...args, kwargs]
    const targetName = nameOfTarget(target as Target)
    const name = rest.name || defaultThreadName(targetName)
    const timerArguments = [undefined, interval, targetName, targetArguments]
    super({ ...rest, name, target: waitAndCall, args: timerArguments as unknown as TimerArguments })
    this.#arguments = timerArguments
  }

  override start(): void {
    if (this.ident !== undefined) throw new RuntimeError('a thread can be started only once')
    const options: OwnedOptions = { owner: me }
    const finished = new Event(options)
    if (this.#isCancelled) finished.set()
    this.#arguments[0] = this.#finished = finished
    try {
      super.start()
    } catch (error) {
      this.#finished = undefined
      finished.dispose()
      throw error
    }
  }

  protected override get ownedObject(): number | undefined {
    return this.#finished?.id
  }

  /** Ends the thread at once, if its target was not called yet. */
  cancel(): void {
    this.#isCancelled = true
    try {
      this.#finished?.set()
    } catch (error) {
      // The thread has ended and disposed of its event.
      if (!(error instanceof RuntimeError)) throw error
    }
  }
}

async function waitAndCall(...[finished, interval, target, args]: TimerArguments): Promise<void> {
  const isCancelled = waitAndDispose(finished, interval)
  if (!isCancelled) await targetNamed(target)(...args)
}

function waitAndDispose(finished: Event, interval: number): boolean {
  try {
    return finished.wait(interval)
  } finally {
    finished.dispose()
  }
}

defineTargets({ waitAndCall })
