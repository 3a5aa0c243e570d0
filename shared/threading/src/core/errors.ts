/** A call that the object's present state does not allow. Python's RuntimeError. */
export class RuntimeError extends Error {
  override readonly name: string = 'RuntimeError'
}

/** An argument of the right type with an invalid value. Python's ValueError. */
export class ValueError extends Error {
  override readonly name = 'ValueError'
}

/** The queue was empty until the timeout of `get`. Python's queue.Empty. */
export class Empty extends Error {
  override readonly name = 'Empty'
}

/** The queue was full until the timeout of `put`. Python's queue.Full. */
export class Full extends Error {
  override readonly name = 'Full'
}

/** The queue was shut down. Python's queue.ShutDown. */
export class ShutDown extends Error {
  override readonly name = 'ShutDown'
}

/** A barrier that was broken by a timeout, an abort or a failed action. Python's BrokenBarrierError. */
export class BrokenBarrierError extends RuntimeError {
  override readonly name = 'BrokenBarrierError'
}

/** The process's shared memory, or one of its tables, has no room left. Python's MemoryError. */
export class MemoryError extends Error {
  override readonly name = 'MemoryError'
}

/** Unwinds a thread that `killThread` ends while it waits. Catching it delays the end and does not prevent it. */
export class ThreadKilled extends Error {
  override readonly name = 'ThreadKilled'
}

/** What is shown of a thrown value, which may be anything: its text may fail, or be no text. Never throws. */
export function describeThrown(thrown: unknown): string {
  try {
    return thrown instanceof Error ? `${thrown.name}: ${thrown.message}` : String(thrown)
  } catch {
    return 'a value without a text was thrown'
  }
}
