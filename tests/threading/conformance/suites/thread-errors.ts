import { defineTargets, onThreadEnd, Queue, setExcepthook, Thread, type ThreadEnd } from '@skein/threading'
import { equal } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { threadView } from '../observe.ts'
import { tell } from './threads.ts'

const errorSuite = suite('Thread: an uncaught error', ({ onThread, onMain }) => {
  onThread(
    'goes to excepthook with the thread, and ends only that thread',
    ['thread.excepthook', 'thread.join'],
    () => {
      const told = new Queue<unknown>()
      const thread = new Thread({ target: failTold, args: [told], name: 'unlucky', daemon: true })
      thread.start()
      equal(thread.join(), undefined)
      equal(told.get(), ['RangeError', 'broken string', 'unlucky', thread.ident])
      equal(thread.isAlive(), false)
      equal(threadView(thread.ident)?.state, 'Terminated')
      equal(threadView(thread.ident)?.error, 'RangeError: broken string')
    },
  )

  onThread('of an async target goes there too', ['thread.excepthook'], () => {
    const told = new Queue<unknown>()
    const thread = new Thread({ target: failLater, args: [told], name: 'unlucky', daemon: true })
    thread.start()
    thread.join()
    equal(told.get(), ['RangeError', 'after a while', 'unlucky', thread.ident])
  })

  onThread('that is no Error goes there too', ['thread.excepthook'], () => {
    const told = new Queue<unknown>()
    const thread = new Thread({ target: throwText, args: [told], name: 'odd', daemon: true })
    thread.start()
    thread.join()
    equal(told.get(), ['string', 'only words', 'odd', thread.ident])
    equal(threadView(thread.ident)?.error, 'only words')
  })

  onThread(
    'in excepthook itself ends the thread all the same',
    ['thread.excepthook', 'thread.join'],
    (scene) => {
      const thread = scene.start(failInHook, [])
      thread.join()
      equal(thread.isAlive(), false)
      // Its worker, or another in its place, goes on.
      const told = new Queue<string>()
      scene.start(tell, [told, 'after']).join()
      equal(told.getNowait(), 'after')
    },
  )

  onThread(
    'may be any value: also one without a text, or with accessors that throw',
    ['thread.excepthook', 'thread.join'],
    (scene) => {
      for (const name of Object.keys(oddValues)) {
        const told = new Queue<string>()
        const thread = scene.start(throwOddValue, [name, told], 'odd')
        thread.join()
        equal([thread.isAlive(), told.getNowait()], [false, 'odd'], name)
      }
    },
  )

  onMain('is told to main, and its worker runs the next thread', ['thread.excepthook'], async (scene) => {
    const told = new Queue<unknown>()
    const thread = scene.start(failTold, [told], 'unlucky')
    equal(await endOf(thread), { ident: thread.ident, name: 'unlucky', error: 'RangeError: broken string' })
    const next = scene.start(tell, [told, 'next'])
    await next.joinAsync()
    equal([told.qsize(), next.isAlive()], [2, false])
  })
})

const refuse = (): never => {
  throw new RangeError('this accessor always throws')
}

const oddValues: Readonly<Record<string, () => unknown>> = {
  'an object without a prototype': () => Object.create(null),
  'an Error with accessors that throw': () =>
    Object.defineProperties(new Error(), { name: { get: refuse }, message: { get: refuse } }),
  'an object whose toString throws': () => ({ toString: refuse }),
  'an Error whose name is a symbol': () => Object.assign(new Error(), { name: Symbol('name') }),
  'a revoked Proxy': () => {
    const { proxy, revoke } = Proxy.revocable({}, {})
    revoke()
    return proxy
  },
  undefined: () => undefined,
  'a symbol': () => Symbol('odd'),
}

export function throwOddValue(name: string, told: Queue<string>): void {
  setExcepthook((_thrown, thread) => {
    setExcepthook(undefined)
    told.put(thread.name)
  })
  throw oddValues[name]?.()
}

/** The report of a thread's end that main receives. */
export function endOf(thread: Thread): Promise<ThreadEnd> {
  return new Promise((resolve) => {
    const stop = onThreadEnd((end) => {
      if (end.ident !== thread.ident) return
      stop()
      resolve(end)
    })
  })
}

/** Sets a hook that reports the error, and lets the next thread of this worker print it as usual. */
function tellErrors(told: Queue<unknown>): void {
  setExcepthook((thrown, { name, ident }) => {
    setExcepthook(undefined)
    told.put(
      thrown instanceof Error
        ? [thrown.name, thrown.message, name, ident]
        : [typeof thrown, thrown, name, ident],
    )
  })
}

export function failTold(told: Queue<unknown>): void {
  tellErrors(told)
  throw new RangeError('broken string')
}

export async function failLater(told: Queue<unknown>): Promise<void> {
  tellErrors(told)
  await new Promise((resolve) => setTimeout(resolve, 1))
  throw new RangeError('after a while')
}

export function throwText(told: Queue<unknown>): void {
  tellErrors(told)
  throw 'only words'
}

export function failInHook(): void {
  setExcepthook(() => {
    setExcepthook(undefined)
    throw new RangeError('in the hook')
  })
  throw new RangeError('in the target')
}

defineTargets({ failTold, failLater, throwText, failInHook, throwOddValue })

export const threadErrorSuites: readonly Suite[] = [errorSuite]
