import {
  currentThread,
  defineTargets,
  Event,
  enumerate,
  Queue,
  RuntimeError,
  Thread,
  ValueError,
} from '@skein/threading'
import { equal, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { threadView, until, untilAsync, waitersOf } from '../observe.ts'

const optionsSuite = suite('Thread: its options', ({ onThread, onMain }) => {
  onThread('it runs its target with args and kwargs, and ends', ['thread.options', 'thread.starts'], () => {
    const told = new Queue()
    const thread = new Thread({
      target: tellArguments,
      args: [told, 'one', [2, 'two']],
      kwargs: { three: 3, told },
      name: 'teller',
      daemon: true,
    })
    thread.start()
    thread.join()
    equal(told.get(), { name: 'teller', daemon: true, one: 'one', two: [2, 'two'], three: 3, isSame: true })
    equal(told.empty(), true)
  })

  onThread('it runs an async target to its end', ['thread.options'], () => {
    const told = new Queue<string>()
    const thread = new Thread({ target: tellLater, args: [told, 'late'], daemon: true })
    thread.start()
    thread.join()
    equal(told.getNowait(), 'late')
  })

  onThread('it does nothing without a target', ['thread.options'], () => {
    const thread = new Thread({ daemon: true })
    thread.start()
    thread.join()
    equal(thread.isAlive(), false)
  })

  onThread('a group other than null is refused', ['thread.group'], () => {
    for (const group of [1, 'group', {}, false])
      throws(ValueError, () => new Thread({ group: group as unknown as null }))
    new Thread({ group: null })
  })

  onThread('a target that its module did not define is refused', ['thread.options'], () => {
    throws(ValueError, () => new Thread({ target: () => {} }), /defineTargets/)
    throws(ValueError, () => new Thread({ target: function unheardOf() {} }), /unheardOf/)
  })

  onThread(
    'arguments that cannot travel are refused at start, and the thread is as it was',
    ['thread.options'],
    () => {
      const told = new Queue<unknown>()
      const args: [Queue<unknown>, unknown] = [told, 10n]
      const thread = new Thread({ target: tell, args, daemon: true })
      for (let count = 0; count < 70; count++) throws(TypeError, () => thread.start())
      equal([thread.ident, thread.isAlive()], [undefined, false])
      args[1] = 'now it can'
      thread.start()
      thread.join()
      equal(told.getNowait(), 'now it can')
    },
  )

  onThread('without a name it is numbered, and named after its target', ['thread.names'], () => {
    const [first, second, third] = [new Thread({ target: tell }), new Thread(), new Thread({ target: tell })]
    equal(/^Thread-\d+ \(tell\)$/.test(first.name), true, first.name)
    equal(/^Thread-\d+$/.test(second.name), true, second.name)
    const number = (thread: Thread) => Number(thread.name.match(/\d+/)?.[0])
    equal([number(second), number(third)], [number(first) + 1, number(first) + 2])
  })

  onThread('its name may be any text, may change, and is shown', ['thread.names', 'all.names'], (scene) => {
    const gate = new Event()
    const thread = scene.start(waitFor, [gate], 'Fäden 🧵')
    equal([thread.name, threadView(thread.ident)?.name], ['Fäden 🧵', 'Fäden 🧵'])
    thread.name = 'renamed'
    equal([thread.name, threadView(thread.ident)?.name], ['renamed', 'renamed'])
    gate.set()
  })

  onThread(
    'daemon is inherited from who makes it, and may be set before start only',
    ['thread.daemon', 'thread.misuse'],
    () => {
      equal(currentThread().daemon, true)
      const thread = new Thread({ target: tell, args: [new Queue(), ''] })
      equal(thread.daemon, true)
      thread.daemon = false
      equal(thread.daemon, false)
      thread.daemon = true
      thread.start()
      const setDaemon = () => {
        thread.daemon = false
      }
      throws(RuntimeError, setDaemon)
      thread.join()
      throws(RuntimeError, setDaemon)
      equal(thread.daemon, true)
      throws(RuntimeError, () => {
        currentThread().daemon = false
      })
    },
  )

  onMain('main is no daemon, and so are not the threads it makes', ['thread.daemon'], async () => {
    equal(
      [currentThread().daemon, new Thread().daemon, new Thread({ daemon: true }).daemon],
      [false, false, true],
    )
    const told = new Queue<boolean>()
    const thread = new Thread({ target: tellDaemonOfChild, args: [told] })
    thread.start()
    await thread.joinAsync()
    equal(told.getNowait(), false)
  })
})

const lifeSuite = suite('Thread: start, join and end', ({ onThread, onMain, onPage }) => {
  onThread('start twice, join before start and join oneself are refused', ['thread.misuse'], () => {
    const thread = new Thread({ target: tell, args: [new Queue(), ''], daemon: true })
    throws(RuntimeError, () => thread.join())
    throws(RuntimeError, () => thread.join(0))
    thread.start()
    throws(RuntimeError, () => thread.start())
    thread.join()
    throws(RuntimeError, () => thread.start())
    throws(RuntimeError, () => currentThread().join())
  })

  onThread('ident and nativeId are undefined before start, and stay afterwards', ['thread.ident'], () => {
    const [one, other] = [0, 1].map(() => new Thread({ target: tell, args: [new Queue(), ''], daemon: true }))
    equal([one?.ident, one?.nativeId], [undefined, undefined])
    one?.start()
    other?.start()
    const idents = [one?.ident, other?.ident]
    equal(
      idents.map((ident) => typeof ident),
      ['number', 'number'],
    )
    equal(typeof one?.nativeId, 'number')
    equal(new Set([...idents, 1, currentThread().ident]).size, 4)
    one?.join()
    other?.join()
    equal([one?.ident, other?.ident], idents)
  })

  onThread(
    'a thread knows itself by the ident its starter sees',
    ['thread.ident', 'process.current'],
    (scene) => {
      const told = new Queue<unknown>()
      const thread = scene.start(tellIdent, [told])
      equal(told.get(), [thread.ident, thread.nativeId, thread.name, true])
    },
  )

  onThread('it is alive from start to end', ['thread.isAlive'], (scene) => {
    const gate = new Event()
    const unstarted = new Thread({ target: waitFor, args: [gate] })
    equal(unstarted.isAlive(), false)
    const thread = scene.start(waitFor, [gate])
    equal(thread.isAlive(), true)
    until(() => waitersOf(gate).length === 1)
    equal(thread.isAlive(), true)
    gate.set()
    thread.join()
    equal(thread.isAlive(), false)
  })

  onThread(
    'an ended thread stays ended when its worker runs another',
    ['thread.isAlive', 'thread.ident'],
    (scene) => {
      const ended = scene.start(tell, [new Queue(), ''])
      ended.join()
      const gate = new Event()
      const others = Array.from({ length: 6 }, () => scene.start(waitFor, [gate]))
      equal(ended.isAlive(), false)
      ended.join()
      equal(
        others.some(({ ident }) => ident === ended.ident),
        false,
      )
      gate.set()
    },
  )

  onThread('join waits for the end, returns undefined, and may be called again', ['thread.join'], (scene) => {
    const gate = new Event()
    const thread = scene.start(waitFor, [gate])
    equal(thread.join(3), undefined)
    equal([thread.join(0), thread.join(-5)], [undefined, undefined])
    throws(TypeError, () => thread.join(Number.NaN))
    equal(thread.isAlive(), true)
    gate.set()
    equal([thread.join(), thread.join(), thread.join(0)], [undefined, undefined, undefined])
  })

  onThread('several threads may join one', ['thread.join', 'all.pairs'], (scene) => {
    const gate = new Event()
    const told = new Queue<string>()
    const joined = scene.start(waitFor, [gate], 'joined')
    const joiners = ['a', 'b', 'c'].map((name) => scene.start(joinNamed, ['joined', told, name], name))
    until(() => joiners.every(({ ident }) => threadView(ident)?.waiting?.operation === 'join'))
    equal(told.qsize(), 0)
    gate.set()
    equal([told.get(), told.get(), told.get()].sort(), ['a', 'b', 'c'])
    equal(joined.isAlive(), false)
  })

  onMain('joinAsync does the same on main', ['thread.join', 'all.async'], async (scene) => {
    const gate = new Event()
    const thread = scene.start(waitFor, [gate])
    for (const timeout of [0, -1, 5]) equal(await thread.joinAsync(timeout), undefined)
    equal(thread.isAlive(), true)
    const joining = thread.joinAsync()
    gate.set()
    equal(await joining, undefined)
    equal(thread.isAlive(), false)
    equal(await thread.joinAsync(), undefined)
    const unstarted = new Thread()
    let refused: unknown
    await unstarted.joinAsync().catch((error) => {
      refused = error
    })
    equal(refused instanceof RuntimeError, true)
  })

  onPage(
    'the main thread of a page may not join: it throws and names its twin',
    ['all.async'],
    async (scene) => {
      const gate = new Event()
      const thread = scene.start(waitFor, [gate])
      throws(RuntimeError, () => thread.join(), /joinAsync/)
      gate.set()
    },
  )

  onThread('a thread starts threads that start threads', ['thread.starts', 'all.pairs'], (scene) => {
    const told = new Queue<number>()
    scene.start(startDeeper, [told, 3]).join()
    equal([told.get(), told.get(), told.get(), told.get()], [0, 1, 2, 3])
  })

  onThread('many threads run one after another in few workers', ['thread.starts'], () => {
    const told = new Queue<number>()
    for (let number = 0; number < 100; number++) {
      const thread = new Thread({ target: tell, args: [told, number], daemon: true })
      thread.start()
      thread.join()
    }
    equal(
      Array.from({ length: 100 }, () => told.getNowait()),
      Array.from({ length: 100 }, (_, number) => number),
    )
  })

  onMain('main gets more workers than were made ready', ['thread.starts'], async (scene) => {
    const gate = new Event()
    const threads = Array.from({ length: 16 }, () => scene.start(waitFor, [gate]))
    await untilAsync(() => waitersOf(gate).length === 16)
    gate.set()
    for (const thread of threads) await thread.joinAsync()
  })
})

export function tell(told: Queue<unknown>, word: unknown): void {
  told.put(word)
}

export async function tellLater(told: Queue<string>, word: string): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 1))
  told.put(word)
}

export function tellArguments(
  told: Queue,
  one: string,
  two: unknown,
  { three, told: same }: { three: number; told: Queue },
): void {
  const { name, daemon } = currentThread()
  told.put({ name, daemon, one, two, three, isSame: same.id === told.id })
}

export function tellDaemonOfChild(told: Queue<boolean>): void {
  told.put(new Thread().daemon)
}

export function tellIdent(told: Queue<unknown>): void {
  const thread = currentThread()
  told.put([thread.ident, thread.nativeId, thread.name, thread.isAlive()])
}

export function waitFor(gate: Event): void {
  gate.wait()
}

export function joinNamed(joined: string, told: Queue<string>, word: string): void {
  enumerate()
    .find(({ name }) => name === joined)
    ?.join()
  told.put(word)
}

export function startDeeper(told: Queue<number>, depth: number): void {
  if (depth > 0) {
    const deeper = new Thread({ target: startDeeper, args: [told, depth - 1] })
    deeper.start()
    deeper.join()
  }
  told.put(depth)
}

defineTargets({
  tell,
  tellLater,
  tellArguments,
  tellDaemonOfChild,
  tellIdent,
  waitFor,
  joinNamed,
  startDeeper,
})

export const threadSuites: readonly Suite[] = [optionsSuite, lifeSuite]
