import {
  activeCount,
  currentThread,
  defineTargets,
  Event,
  enumerate,
  local,
  mainThread,
  now,
  Queue,
  RuntimeError,
  Timer,
} from '@skein/threading'
import { atLeast, equal, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { threadView, until, waitersOf } from '../observe.ts'

const timerSuite = suite('Timer', ({ onThread, onMain }) => {
  onThread(
    'calls its target with args and kwargs, no sooner than its interval, once',
    ['process.timer'],
    () => {
      const told = new Queue<unknown>()
      const began = now()
      const timer = new Timer({
        interval: 20,
        target: tellBoth,
        args: [told, 'one'],
        kwargs: { two: 2 },
        daemon: true,
      })
      timer.start()
      timer.join()
      atLeast(now() - began, 20, 'the wait in milliseconds')
      equal([told.get(), told.empty(), timer.isAlive()], [['one', { two: 2 }], true, false])
    },
  )

  onThread('does not call it when it is cancelled before', ['process.timer'], () => {
    const told = new Queue<unknown>()
    const timer = new Timer({ interval: 100_000, target: tellAll, args: [told], daemon: true })
    timer.start()
    until(() => threadView(timer.ident)?.state === 'Timed waiting')
    equal(timer.isAlive(), true)
    timer.cancel()
    timer.cancel()
    timer.join()
    equal(told.empty(), true)
  })

  onThread('does not call it when it is cancelled even before it is started', ['process.timer'], () => {
    const told = new Queue<unknown>()
    const timer = new Timer({ interval: 0, target: tellAll, args: [told], daemon: true })
    timer.cancel()
    timer.start()
    timer.join()
    equal(told.empty(), true)
  })

  onThread('may be cancelled after it was called', ['process.timer'], () => {
    const told = new Queue<unknown>()
    const timer = new Timer({ interval: 0, target: tellAll, args: [told, 'called'], daemon: true })
    timer.start()
    equal(told.get(), ['called'])
    timer.cancel()
    timer.join()
  })

  onThread('is a Thread: named, and started once', ['process.timer', 'thread.misuse', 'thread.names'], () => {
    const timer = new Timer({
      interval: 0,
      target: tellAll,
      args: [new Queue()],
      name: 'alarm',
      daemon: true,
    })
    throws(RuntimeError, () => timer.join())
    timer.start()
    throws(RuntimeError, () => timer.start())
    timer.join()
    equal(timer.name, 'alarm')
    const unnamed = new Timer({ interval: 0, target: tellAll })
    equal(/^Thread-\d+ \(tellAll\)$/.test(unnamed.name), true, unnamed.name)
  })

  onMain('works from main', ['process.timer', 'all.async'], async () => {
    const told = new Queue<unknown>()
    const [timer, cancelled] = [5, 100_000].map(
      (interval) => new Timer({ interval, target: tellAll, args: [told, interval], daemon: true }),
    )
    timer?.start()
    cancelled?.start()
    equal(await told.getAsync(), [5])
    cancelled?.cancel()
    await timer?.joinAsync()
    await cancelled?.joinAsync()
    equal(told.empty(), true)
  })
})

const localSuite = suite('local', ({ onThread, onMain }) => {
  onThread('has values that no other thread sees', ['process.local'], (scene) => {
    own.number = 5
    const told = new Queue<unknown>()
    for (const number of [1, 2]) {
      scene.start(useLocal, [told, number]).join()
      equal(told.get(), ['undefined', false, number])
    }
    equal(own.number, 5)
  })

  onThread(
    'has an initial value in each thread, also if one worker runs both',
    ['process.local'],
    (scene) => {
      const told = new Queue<unknown>()
      for (let count = 0; count < 20; count++) {
        scene.start(useLocal, [told, count]).join()
        equal(told.get(), ['undefined', false, count])
      }
    },
  )

  onThread('is an object like any other: its values are listed, found and removed', ['process.local'], () => {
    const values = local<{ one: number; other: string }>()
    equal(Object.keys(values), [])
    values.one = 1
    values.other = 'two'
    equal([Object.keys(values), 'one' in values], [['one', 'other'], true])
    equal({ ...values }, { one: 1, other: 'two' })
    delete values.one
    equal([values.one, 'one' in values, Object.keys(values)], [undefined, false, ['other']])
  })

  onThread('has members of any name, and none before they are set', ['process.local'], (scene) => {
    const told = new Queue<unknown>()
    for (const number of [1, 2]) {
      scene.start(useNames, [told, number]).join()
      for (const name of names)
        equal(told.get(), [name, 'undefined', false, number, true, [name], ['undefined', false]])
    }
    for (const name of names) {
      equal([own[name], name in own, Object.hasOwn(own, name)], [undefined, false, false], name)
      own[name] = 5
      equal(
        [own[name], name in own, Object.hasOwn(own, name), Object.keys(own)],
        [5, true, true, [name]],
        name,
      )
      equal(Object.entries({ ...own }), [[name, 5]], name)
      delete own[name]
      equal([own[name], name in own, Object.keys(own)], [undefined, false, []], name)
    }
  })

  onThread('takes members by defineProperty, assign and all that', ['process.local'], (scene) => {
    const told = new Queue<unknown>()
    Object.defineProperty(own, 'number', { value: 1 })
    equal([own.number, Object.keys(own)], [1, []])
    throws(TypeError, () => {
      own.number = 2
    })
    Object.defineProperty(own, 'number', { value: 2, enumerable: true, writable: true })
    Object.assign(own, { constructor: 3, ['__proto__']: 4 })
    Object.defineProperty(own, 'double', { get: () => (own.number ?? 0) * 2, enumerable: true })
    equal({ ...own }, { number: 2, constructor: 3, ['__proto__']: 4, double: 4 })
    own.number = 5
    equal(
      [Reflect.get(own, 'double'), Object.keys(own)],
      [10, ['number', 'constructor', '__proto__', 'double']],
    )
    scene.start(useLocal, [told, 1]).join()
    equal([told.get(), own.number], [['undefined', false, 1], 5])
    for (const key of Object.keys(own)) Reflect.deleteProperty(own, key)
    equal(Reflect.ownKeys(own), [])
  })

  onThread('cannot be made permanent, and works afterwards', ['process.local'], () => {
    const values = local<{ one: number }>()
    values.one = 1
    const object = values as object
    throws(TypeError, () => Object.freeze(object))
    throws(TypeError, () => Object.preventExtensions(object))
    throws(TypeError, () => Object.setPrototypeOf(object, Array.prototype))
    throws(TypeError, () => Object.defineProperty(object, 'two', { value: 2, configurable: false }))
    equal([Object.getPrototypeOf(object), Object.keys(values), values.one], [null, ['one'], 1])
  })

  onThread('is apart from every other local', ['process.local'], () => {
    const [one, other] = [local<{ value: number }>(), local<{ value: number }>()]
    one.value = 1
    other.value = 2
    equal([one.value, other.value], [1, 2])
  })

  onMain('has values of main too', ['process.local', 'all.pairs'], async (scene) => {
    own.number = 7
    const told = new Queue<unknown>()
    await scene.start(useLocal, [told, 1]).joinAsync()
    equal([told.getNowait(), own.number], [['undefined', false, 1], 7])
    delete own.number
  })
})

const currentSuite = suite('The threads of a process', ({ onThread, onMain }) => {
  onMain('begin with main, which is alive and no daemon', ['process.current'], async () => {
    const [current, main] = [currentThread(), mainThread()]
    equal([current.name, current.ident, current.daemon, current.isAlive()], ['main', 1, false, true])
    equal([main.ident, main.name], [1, 'main'])
    equal(
      enumerate().map(({ name }) => name),
      ['main'],
    )
    equal(activeCount(), 1)
  })

  onThread('are known on every thread', ['process.current'], (scene) => {
    equal([mainThread().ident, mainThread().name, mainThread().isAlive()], [1, 'main', true])
    const gate = new Event()
    const threads = ['b', 'a', 'c'].map((name) => scene.start(waitForGate, [gate], name))
    equal(
      enumerate().map(({ name }) => name),
      ['main', 'case', 'b', 'a', 'c'],
    )
    equal(
      enumerate()
        .map(({ ident }) => ident)
        .slice(2),
      threads.map(({ ident }) => ident),
    )
    equal([activeCount(), enumerate()[1]?.ident], [5, currentThread().ident])
    until(() => waitersOf(gate).length === 3)
    gate.set()
    for (const thread of enumerate().slice(2)) thread.join()
    equal(activeCount(), 2)
  })

  onMain('are counted without those that died', ['process.current', 'death.join'], async (scene) => {
    const actor = scene.actor('victim')
    equal(activeCount(), 2)
    await scene.kill(actor)
    equal([activeCount(), enumerate().map(({ name }) => name)], [1, ['main']])
  })
})

const names = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', 'toJSON', 'then'] as const
const own = local<{ number: number } & Record<(typeof names)[number], unknown>>()

/** Like `useLocal`, for each name. */
export function useNames(told: Queue<unknown>, number: number): void {
  for (const name of names) {
    const before = [typeof own[name], name in own]
    own[name] = number
    const during = [own[name], name in own, Object.keys(own)]
    delete own[name]
    told.put([name, ...before, ...during, [typeof own[name], name in own]])
  }
  own.constructor = number
}

export function useLocal(told: Queue<unknown>, number: number): void {
  const before = [typeof own.number, 'number' in own]
  own.number = number
  told.put([...before, own.number])
}

export function tellAll(told: Queue<unknown>, ...args: readonly unknown[]): void {
  told.put(args)
}

export function tellBoth(told: Queue<unknown>, one: string, named: { two: number }): void {
  told.put([one, named])
}

export function waitForGate(gate: Event): void {
  gate.wait()
}

defineTargets({ useNames, useLocal, tellAll, tellBoth, waitForGate })

export const processSuites: readonly Suite[] = [timerSuite, localSuite, currentSuite]
