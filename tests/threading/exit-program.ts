import { Event, killThread, Thread, Timer } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { failNamed, linger, startLingering } from './exit-targets.ts'

// The program of exit.test.ts: starts what its argument names, and its main thread ends at once.
startProcess({ name: 'exit', workers: 2, entry: new URL('./exit-worker.ts', import.meta.url) })
const gate = new Event()
const starts: Readonly<Record<string, () => void>> = {
  thread: () => new Thread({ target: linger, args: [gate] }).start(),
  daemon: () => new Thread({ target: linger, args: [new Event()], daemon: true }).start(),
  'thread of a thread': () => new Thread({ target: startLingering, args: [gate] }).start(),
  timer: () => new Timer({ interval: 20, target: linger, args: [gate] }).start(),
  killed: () => {
    const victim = new Thread({ target: linger, args: [new Event()] })
    victim.start()
    killThread(victim.ident ?? 0)
    new Thread({ target: linger, args: [gate] }).start()
  },
  error: () => new Thread({ target: failNamed, name: 'unlucky' }).start(),
}
starts[process.argv[2] ?? '']?.()
process.stdout.write('main ends\n')
gate.set()
