import { currentThread, defineTargets, type Queue, Thread } from '@skein/threading'
import { at } from './support/line-marker.ts'
import { sleep } from './support/sleep.ts'

// --- shown
export function greet(printed: Queue<string>, greeting: string, pause: number): void {
  at('name')
  const { name } = currentThread()
  at('sleep')
  sleep(pause)
  at('print')
  printed.put(`${greeting} from ${name}`)
}
defineTargets({ greet })

export interface Greeters {
  readonly count: number
  readonly pause: number
  readonly daemon: boolean
  readonly isNamed: boolean
}

/** The thread that starts first sleeps longest. */
export function startGreeters(printed: Queue<string>, { count, pause, daemon, isNamed }: Greeters): Thread[] {
  return Array.from({ length: count }, (_, index) => {
    const name = isNamed ? { name: `greeter-${index + 1}` } : {}
    const args = [printed, 'Hello', (count - index) * pause] as const
    const thread = new Thread({ target: greet, args, daemon, ...name })
    thread.start()
    return thread
  })
}

/** Like `thread.join()`, for main, which must not block. */
export async function joinAll(threads: readonly Thread[]): Promise<void> {
  for (const thread of threads) await thread.joinAsync()
}
// --- end
