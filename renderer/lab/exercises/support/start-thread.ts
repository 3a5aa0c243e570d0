import type { Thread } from '@skein/threading'

/** Starts a thread and adds it to those of a run. */
export function startThread(threads: Thread[], thread: Thread): void {
  thread.start()
  threads.push(thread)
}
