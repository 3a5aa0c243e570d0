import { Cell, currentThread, defineTargets, Event, Queue, Timer } from '@skein/threading'
import { equal, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { objectCount, pause, threadView, until, untilAsync } from '../observe.ts'
import { hugeTimeouts } from './wait-timeouts.ts'

const timerOptions = (interval: number, told: Queue<string>) =>
  ({ interval, target: tellOwnName, args: [told], daemon: true }) as const

const intervalSuite = suite('Timer: its interval', ({ onThread, onMain }) => {
  for (const interval of [0, -0, 0.5, -1, -0.5, -(2 ** 31), -(2 ** 32), -Infinity])
    onThread(
      `calls its target soon with ${Object.is(interval, -0) ? '−0' : interval} ms`,
      ['process.timer', 'all.numbers'],
      () => {
        const told = new Queue<string>()
        const timer = new Timer({ ...timerOptions(interval, told), name: 'soon' })
        timer.start()
        timer.join()
        equal(told.getNowait(), 'soon')
      },
    )

  for (const interval of hugeTimeouts)
    onThread(`does not call its target soon with ${interval} ms`, ['process.timer', 'all.numbers'], () => {
      const told = new Queue<string>()
      const timer = new Timer(timerOptions(interval, told))
      timer.start()
      until(() => threadView(timer.ident)?.waiting !== undefined)
      pause(12)
      equal([timer.isAlive(), told.qsize()], [true, 0])
      timer.cancel()
      timer.join()
      equal([timer.isAlive(), told.qsize()], [false, 0])
    })

  onThread('that is no number is refused when the timer is made', ['process.timer', 'all.numbers'], () => {
    const told = new Queue<string>()
    for (const interval of [Number.NaN, '5', null, undefined, {}, true, 5n])
      throws(TypeError, () => new Timer(timerOptions(interval as number, told)))
  })

  onMain('of 2³¹ ms and more does not end on main either', ['process.timer', 'all.numbers'], async () => {
    const told = new Queue<string>()
    const timers = hugeTimeouts.map((interval) => new Timer(timerOptions(interval, told)))
    for (const timer of timers) timer.start()
    await untilAsync(() => timers.every(({ ident }) => threadView(ident)?.waiting !== undefined))
    await new Promise((resolve) => setTimeout(resolve, 12))
    equal([timers.filter((timer) => timer.isAlive()).length, told.qsize()], [hugeTimeouts.length, 0])
    for (const timer of timers) timer.cancel()
    for (const timer of timers) await timer.joinAsync()
    equal(told.qsize(), 0)
  })
})

const threadSuite = suite('Timer: a thread', ({ onThread, onMain }) => {
  onThread('inherits daemon, or is given it', ['process.timer', 'thread.daemon'], () => {
    const options = { interval: 0, target: tellOwnName, args: [new Queue<string>()] } as const
    equal([new Timer(options).daemon, new Timer({ ...options, daemon: false }).daemon], [true, false])
  })

  onThread('has no ident and is not alive before it starts', ['process.timer', 'thread.ident'], () => {
    const timer = new Timer(timerOptions(0, new Queue<string>()))
    equal([timer.ident, timer.nativeId, timer.isAlive()], [undefined, undefined, false])
    timer.cancel()
    equal([timer.ident, timer.isAlive()], [undefined, false])
  })

  onThread('is the current thread of its target', ['process.timer', 'process.current'], () => {
    const told = new Queue<unknown>()
    const timer = new Timer({ interval: 1, target: tellSelf, args: [told], name: 'alarm', daemon: true })
    timer.start()
    equal(told.get(), [timer.ident, 'alarm', true, true])
    timer.join()
  })

  onThread('without a name, or with an empty one, is named after its target', ['all.names'], () => {
    const told = new Queue<string>()
    for (const name of [undefined, ''] as const) {
      const timer = new Timer({ ...timerOptions(0, told), ...(name === undefined ? {} : { name }) })
      equal(/^Thread-\d+ \(tellOwnName\)$/.test(timer.name), true, timer.name)
      timer.start()
      equal(told.get(), timer.name)
      timer.join()
    }
  })

  onThread('that is cancelled while its target runs lets it finish', ['process.timer'], () => {
    const [begun, gate, told] = [new Event(), new Event(), new Queue<string>()]
    const timer = new Timer({ interval: 0, target: tellAfterGate, args: [begun, gate, told], daemon: true })
    timer.start()
    begun.wait()
    timer.cancel()
    equal(timer.isAlive(), true)
    gate.set()
    timer.join()
    equal(told.getNowait(), 'finished')
    timer.cancel()
  })

  onThread('may be cancelled twice, before and after its start', ['process.timer'], () => {
    const told = new Queue<string>()
    const timer = new Timer(timerOptions(60_000, told))
    timer.cancel()
    timer.cancel()
    timer.start()
    timer.cancel()
    timer.join()
    timer.cancel()
    equal(told.qsize(), 0)
  })

  onThread('that is not started uses no object', ['process.timer', 'limits.objects'], () => {
    const told = new Queue<string>()
    const before = objectCount()
    for (let count = 0; count < 5000; count++) new Timer(timerOptions(1, told)).cancel()
    equal(objectCount(), before)
  })

  onMain(
    'from main leaves nothing in the table of objects',
    ['process.timer', 'limits.objects'],
    async () => {
      const cell = new Cell()
      const before = objectCount()
      for (let count = 0; count < 200; count++) {
        const timer = new Timer({ interval: count % 2, target: increment, args: [cell], daemon: true })
        timer.start()
        await timer.joinAsync()
      }
      equal([cell.peek(), objectCount()], [200, before])
    },
  )
})

export function tellOwnName(told: Queue<string>): void {
  told.put(currentThread().name)
}

export function tellSelf(told: Queue<unknown>): void {
  const { ident, name, daemon } = currentThread()
  told.put([ident, name, daemon, currentThread().isAlive()])
}

export function tellAfterGate(begun: Event, gate: Event, told: Queue<string>): void {
  begun.set()
  gate.wait()
  told.put('finished')
}

export function increment(cell: Cell): void {
  cell.value += 1
}

defineTargets({ tellOwnName, tellSelf, tellAfterGate, increment })

export const timerSuites: readonly Suite[] = [intervalSuite, threadSuite]
