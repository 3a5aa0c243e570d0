import { Event, killThread, Thread, Timer } from '@skein/threading'
import { startProcess } from '@skein/threading/node'
import { failNamed, joinMain, joinMainAsync, linger, startAndExit, startLingering } from './exit-targets.ts'

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
  'thread that joins main': () => new Thread({ target: joinMain, args: [gate], name: 'joiner' }).start(),
  'thread that awaits main': () => new Thread({ target: joinMainAsync }).start(),
  'daemon that joins main': () => new Thread({ target: joinMain, args: [gate], daemon: true }).start(),
  'thread of a daemon that dies': () => {
    const starter = new Thread({ target: startAndExit, args: [gate], daemon: true })
    starter.start()
    starter.join()
  },
  'asynchronous main': () => {
    new Thread({ target: joinMain, args: [gate], name: 'joiner' }).start()
    setTimeout(() => process.stdout.write('main still runs\n'), 200)
  },
  error: () => new Thread({ target: failNamed, name: 'unlucky' }).start(),
}
starts[process.argv[2] ?? '']?.()
process.stdout.write('main ends\n')
gate.set()
