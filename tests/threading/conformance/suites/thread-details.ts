import {
  activeCount,
  currentThread,
  defineTargets,
  Event,
  enumerate,
  getIdent,
  mainThread,
  Queue,
  RuntimeError,
  setExcepthook,
  Thread,
  ValueError,
} from '@skein/threading'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { pause, threadView, until, untilAsync } from '../observe.ts'
import { tell, waitFor } from './threads.ts'
import { hugeTimeouts, noTimeouts } from './wait-timeouts.ts'

const nameSuite = suite('Thread: its name', ({ onThread, onMain }) => {
  onThread('is a default one when it is empty', ['thread.names', 'all.names'], () => {
    const [named, unnamed] = [new Thread({ target: tell, name: '' }), new Thread({ name: '' })]
    equal(/^Thread-\d+ \(tell\)$/.test(named.name), true, named.name)
    equal(/^Thread-\d+$/.test(unnamed.name), true, unnamed.name)
  })

  onThread('that is set to an empty one is a default one', ['thread.names', 'all.names'], () => {
    const thread = new Thread({ target: tell, name: 'named' })
    thread.name = ''
    equal(/^Thread-\d+ \(tell\)$/.test(thread.name), true, thread.name)
  })

  onThread('is changed by the thread itself, for all', ['thread.names', 'all.names'], (scene) => {
    const [renamed, gate] = [new Event(), new Event()]
    const thread = scene.start(renameSelf, ['new name', renamed, gate], 'old name')
    renamed.wait()
    equal([thread.name, threadView(thread.ident)?.name], ['new name', 'new name'])
    equal(
      enumerate().some(({ name }) => name === 'new name'),
      true,
    )
    gate.set()
    thread.join()
    equal(thread.name, 'new name')
  })

  onThread('is changed by another thread, for the thread itself', ['thread.names'], (scene) => {
    const [gate, told] = [new Event(), new Queue<string>()]
    const thread = scene.start(tellNameAfter, [gate, told], 'old name')
    thread.name = 'new name'
    gate.set()
    equal(told.get(), 'new name')
  })

  onThread('of an ended thread stays when its worker runs another', ['thread.names'], (scene) => {
    const first = scene.start(tell, [new Queue(), 1], 'first')
    first.join()
    for (let count = 0; count < 20; count++) scene.start(tell, [new Queue(), 1], `next ${count}`).join()
    equal(first.name, 'first')
    first.name = 'first again'
    equal(first.name, 'first again')
    equal(
      enumerate().some(({ name }) => name === 'first again'),
      false,
    )
  })

  onThread('is converted to a text', ['thread.names'], () => {
    const thread = new Thread({ target: tell, name: 5 as unknown as string })
    equal(thread.name, '5')
    thread.name = { toString: () => 'an object' } as unknown as string
    equal(thread.name, 'an object')
  })

  onThread('is cut to 44 bytes, and not within a letter', ['thread.names'], (scene) => {
    const gate = new Event()
    const names = ['x'.repeat(100), `${'x'.repeat(43)}ä`, `${'x'.repeat(41)}🧵`]
    for (const name of names) {
      const thread = new Thread({ target: waitFor, args: [gate], name, daemon: true })
      const before = thread.name
      thread.start()
      equal([before, threadView(thread.ident)?.name], [thread.name, thread.name])
      equal(name.startsWith(thread.name) && thread.name.length > 40, true, thread.name)
    }
    gate.set()
    scene.actor()
  })

  onThread('may begin with U+FEFF', ['thread.names', 'all.names'], (scene) => {
    const gate = new Event({ name: '\uFEFFgate' })
    const thread = scene.start(waitFor, [gate], '\uFEFFthread')
    equal(
      [thread.name, threadView(thread.ident)?.name, gate.name],
      ['\uFEFFthread', '\uFEFFthread', '\uFEFFgate'],
    )
    gate.set()
  })

  onThread('need not be unique', ['thread.names'], (scene) => {
    const gate = new Event()
    const threads = [scene.start(waitFor, [gate], 'twin'), scene.start(waitFor, [gate], 'twin')]
    equal(enumerate().filter(({ name }) => name === 'twin').length, 2)
    equal(threads[0]?.ident === threads[1]?.ident, false)
    gate.set()
  })

  onMain('of main is main, and may be changed', ['thread.names', 'process.current'], async () => {
    equal([mainThread().name, currentThread().name], ['main', 'main'])
    currentThread().name = 'the main thread'
    equal([mainThread().name, enumerate()[0]?.name], ['the main thread', 'the main thread'])
    mainThread().name = 'main'
    equal(currentThread().name, 'main')
  })
})

const stateSuite = suite('Thread: its states', ({ onThread, onMain }) => {
  onThread('start of a handle from enumerate is refused: it was started', ['thread.misuse'], (scene) => {
    const gate = new Event()
    const thread = scene.start(waitFor, [gate])
    const handle = enumerate().find(({ ident }) => ident === thread.ident)
    throws(RuntimeError, () => handle?.start(), /only once/)
    throws(RuntimeError, () => currentThread().start())
    throws(RuntimeError, () => mainThread().start())
    gate.set()
    handle?.join()
    throws(RuntimeError, () => handle?.start())
  })

  onThread('join of oneself is refused with every timeout, by any handle', ['thread.misuse'], () => {
    const self = enumerate().find(({ ident }) => ident === getIdent())
    for (const timeout of [undefined, 0, -1, 5]) {
      throws(RuntimeError, () => self?.join(timeout), /itself/)
      throws(RuntimeError, () => currentThread().join(timeout))
    }
  })

  onThread('join before start is refused with every timeout', ['thread.misuse'], () => {
    const thread = new Thread({ target: tell, args: [new Queue(), 1], daemon: true })
    for (const timeout of [undefined, 0, -1, 5]) throws(RuntimeError, () => thread.join(timeout), /started/)
    equal([thread.isAlive(), thread.ident], [false, undefined])
  })

  onThread('join refuses a timeout that is no number', ['thread.join', 'all.numbers'], (scene) => {
    const gate = new Event()
    const thread = scene.start(waitFor, [gate])
    for (const timeout of noTimeouts as number[]) throws(TypeError, () => thread.join(timeout))
    gate.set()
    thread.join()
    for (const timeout of noTimeouts as number[]) throws(TypeError, () => thread.join(timeout))
  })

  for (const timeout of hugeTimeouts)
    onThread(`join waits with a timeout of ${timeout} ms`, ['thread.join', 'all.numbers'], (scene) => {
      const gate = new Event()
      const thread = scene.start(waitFor, [gate])
      const joiner = scene.start(joinAndSet, [thread.ident ?? 0, timeout, new Event()])
      until(() => threadView(joiner.ident)?.waiting?.operation === 'join')
      pause(12)
      equal([joiner.isAlive(), thread.isAlive()], [true, true])
      gate.set()
      joiner.join()
      equal(thread.isAlive(), false)
    })

  onMain(
    'joinAsync takes and refuses the same',
    ['thread.join', 'all.numbers', 'all.async'],
    async (scene) => {
      const gate = new Event()
      const thread = scene.start(waitFor, [gate])
      for (const timeout of noTimeouts as number[]) await rejects(TypeError, thread.joinAsync(timeout))
      const joins = hugeTimeouts.map((timeout) => thread.joinAsync(timeout))
      const first = await Promise.race([...joins, new Promise((resolve) => setTimeout(resolve, 12, 'later'))])
      equal([first, thread.isAlive()], ['later', true])
      gate.set()
      for (const join of joins) equal(await join, undefined)
      await rejects(RuntimeError, currentThread().joinAsync())
      await rejects(RuntimeError, new Thread().joinAsync(0))
    },
  )

  onThread('a worker may join main in vain', ['thread.join', 'all.pairs'], () => {
    equal([mainThread().join(3), mainThread().join(0), mainThread().isAlive()], [undefined, undefined, true])
  })

  onThread('is alive while its excepthook runs', ['thread.isAlive', 'thread.excepthook'], (scene) => {
    const [inHook, gate, told] = [new Event(), new Event(), new Queue<unknown>()]
    const thread = scene.start(failIntoHook, [inHook, gate, told], 'failing')
    inHook.wait()
    equal(thread.isAlive(), true)
    gate.set()
    equal(told.get(), [thread.ident, 'failing', true])
    thread.join()
    equal(thread.isAlive(), false)
  })

  onThread('daemon takes a truth value, and stays after the end', ['thread.daemon'], () => {
    const thread = new Thread({ target: tell, args: [new Queue(), 1], daemon: 1 as unknown as boolean })
    equal(thread.daemon, true)
    thread.daemon = 0 as unknown as boolean
    equal(thread.daemon, false)
    thread.daemon = true
    thread.start()
    thread.join()
    equal(thread.daemon, true)
    throws(RuntimeError, () => {
      thread.daemon = true
    })
  })

  onThread('daemon is inherited through two starts', ['thread.daemon', 'thread.starts'], (scene) => {
    const told = new Queue<unknown>()
    scene.start(tellDaemonsBelow, [told, 2]).join()
    equal([told.get(), told.get()], [true, true])
  })

  onThread('refuses every group but null', ['thread.group'], () => {
    for (const group of [0, '', Number.NaN, [], true])
      throws(ValueError, () => new Thread({ group: group as unknown as null, target: tell }))
    new Thread({ group: undefined as unknown as null, target: tell })
  })

  onThread('refuses a target that is none, and arguments that are no list', ['thread.options'], () => {
    for (const target of [5, 'tell', {}, true])
      throws(ValueError, () => new Thread({ target: target as unknown as () => void }))
    for (const args of [5, 'args', {}, true, new Set([1])])
      throws(TypeError, () => new Thread({ target: tell, args: args as unknown as [Queue, unknown] }))
  })

  onThread('takes what args hold when it starts', ['thread.options'], () => {
    const told = new Queue<unknown>()
    const list = [1]
    const thread = new Thread({ target: tell, args: [told, list], daemon: true })
    list.push(2)
    thread.start()
    list.push(3)
    equal(told.get(), [1, 2])
    thread.join()
  })

  onThread('a thread that was not started is in no list', ['process.current'], () => {
    const before = activeCount()
    const thread = new Thread({ target: tell, name: 'unstarted' })
    equal([activeCount(), enumerate().some(({ name }) => name === 'unstarted')], [before, false])
    equal([thread.isAlive(), thread.nativeId], [false, undefined])
  })
})

const currentSuite = suite('currentThread', ({ onThread, onMain }) => {
  onThread('is the same before and after an await of a target', ['process.current'], (scene) => {
    const told = new Queue<unknown>()
    const thread = scene.start(tellSelfAcrossAwait, [told], 'async')
    equal(told.get(), [thread.ident, 'async', thread.ident, 'async'])
  })

  onThread('has the ident of getIdent, and the daemon of its options', ['process.current'], (scene) => {
    const told = new Queue<unknown>()
    const thread = scene.start(tellCurrent, [told], 'current')
    equal(told.get(), [thread.ident, thread.ident, 'current', true, true, thread.nativeId])
  })

  onThread('in excepthook is the thread that failed', ['process.current', 'thread.excepthook'], (scene) => {
    const [inHook, gate, told] = [new Event(), new Event(), new Queue<unknown>()]
    gate.set()
    const thread = scene.start(failIntoHook, [inHook, gate, told], 'unlucky')
    equal(told.get(), [thread.ident, 'unlucky', true])
  })

  onMain('on main is main, also in callbacks', ['process.current', 'all.async'], async (scene) => {
    const told = new Queue<unknown>()
    scene.start(tell, [told, 1])
    await told.getAsync().then(() => equal(currentThread().ident, 1))
    await new Promise<void>((resolve) =>
      setTimeout(() => {
        equal([currentThread().ident, getIdent(), mainThread().ident], [1, 1, 1])
        resolve()
      }),
    )
    await untilAsync(() => activeCount() === 1)
  })

  onThread('mainThread is the same on every thread', ['process.current'], (scene) => {
    const told = new Queue<unknown>()
    scene.start(tellMain, [told]).join()
    equal(told.get(), [1, 'main', true, false])
  })
})

export function renameSelf(name: string, renamed: Event, gate: Event): void {
  currentThread().name = name
  renamed.set()
  gate.wait()
}

export function tellNameAfter(gate: Event, told: Queue<string>): void {
  const self = currentThread()
  gate.wait()
  told.put(self.name)
}

export function joinAndSet(ident: number, timeout: number, done: Event): void {
  enumerate()
    .find((thread) => thread.ident === ident)
    ?.join(timeout)
  done.set()
}

export function failIntoHook(inHook: Event, gate: Event, told: Queue<unknown>): void {
  setExcepthook((_thrown, thread) => {
    setExcepthook(undefined)
    inHook.set()
    gate.wait()
    told.put([currentThread().ident, currentThread().name, thread.ident === currentThread().ident])
  })
  throw new RangeError('into the hook')
}

export function tellDaemonsBelow(told: Queue<unknown>, depth: number): void {
  if (depth === 0) return
  told.put(currentThread().daemon)
  const thread = new Thread({ target: tellDaemonsBelow, args: [told, depth - 1] })
  thread.start()
  thread.join()
}

export async function tellSelfAcrossAwait(told: Queue<unknown>): Promise<void> {
  const before = currentThread()
  await new Promise((resolve) => setTimeout(resolve, 1))
  const after = currentThread()
  told.put([before.ident, before.name, after.ident, after.name])
}

export function tellCurrent(told: Queue<unknown>): void {
  const { ident, name, daemon, nativeId } = currentThread()
  told.put([ident, getIdent(), name, daemon, currentThread().isAlive(), nativeId])
}

export function tellMain(told: Queue<unknown>): void {
  const { ident, name, daemon } = mainThread()
  told.put([ident, name, mainThread().isAlive(), daemon])
}

defineTargets({
  renameSelf,
  tellNameAfter,
  joinAndSet,
  failIntoHook,
  tellDaemonsBelow,
  tellSelfAcrossAwait,
  tellCurrent,
  tellMain,
})

export const threadDetailSuites: readonly Suite[] = [nameSuite, stateSuite, currentSuite]
