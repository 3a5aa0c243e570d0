import {
  defineTargets,
  Event,
  type Lock,
  type Queue,
  type Semaphore,
  type SharedMemory,
  setExcepthook,
} from '@skein/threading'

/** Threads that end in unusual ways, for the tests of main's blocking calls. */

export function exitProcess(): void {
  process.exit(3)
}

/** The rejection ends the worker from its event loop, when the target waits or has returned. */
export async function rejectUnhandled(): Promise<void> {
  void Promise.reject(new RangeError('nobody handles this'))
  await new Promise(() => {})
}

export async function throwInTimer(): Promise<void> {
  setTimeout(() => {
    throw new RangeError('nobody catches this')
  })
  await new Promise(() => {})
}

const revokedProxy = (): object => {
  const { proxy, revoke } = Proxy.revocable({}, {})
  revoke()
  return proxy
}

const throwing = (): never => {
  throw new RangeError('this accessor always throws')
}

/** Values that many functions fail for. */
const oddValues: Readonly<Record<string, () => unknown>> = {
  'an object without a prototype': () => Object.create(null),
  'an Error with accessors that throw': () =>
    Object.defineProperties(new Error(), {
      name: { get: throwing },
      message: { get: throwing },
      stack: { get: throwing },
    }),
  'an object whose toString throws': () => ({ toString: throwing, toJSON: throwing }),
  'an Error whose name is a symbol': () => Object.assign(new Error(), { name: Symbol('name') }),
  'a revoked Proxy': revokedProxy,
  'an Error with a revoked Proxy as its message': () =>
    Object.assign(new Error(), { message: revokedProxy() }),
  undefined: () => undefined,
  null: () => null,
  'a symbol': () => Symbol('odd'),
  'a function': () => throwing,
  'a promise that is rejected': () => Promise.reject(new Error('not handled')).catch(throwing),
}

export const oddValueNames = Object.keys(oddValues)

export function throwOdd(name: string, hookCalls: Queue<string>): void {
  setExcepthook((_thrown, thread) => {
    setExcepthook(undefined)
    hookCalls.put(thread.name)
  })
  throw oddValues[name]?.()
}

/** The default hook prints the value. */
export function throwOddAndPrint(name: string): void {
  setExcepthook(undefined)
  throw oddValues[name]?.()
}

/** The hook itself throws the value. */
export function throwOddInHook(name: string): void {
  setExcepthook(() => {
    setExcepthook(undefined)
    throw oddValues[name]?.()
  })
  throw new RangeError('the hook fails for this')
}

export async function rejectWithOdd(name: string, hookCalls: Queue<string>): Promise<void> {
  await Promise.resolve()
  throwOdd(name, hookCalls)
}

export function spinForever(running: Event): void {
  running.set()
  for (;;);
}

export function waitForever(running: Event): void {
  running.set()
  new Event().wait()
}

export function acquireAndExit(lock: Lock): void {
  lock.acquire()
  new Event().wait(100)
  process.exit()
}

export function releaseOnce(semaphore: Semaphore): void {
  semaphore.release()
}

/** Puts and takes items until the memory's first word is set. */
export function exchangeItems(queue: Queue<unknown>, stop: SharedMemory): void {
  const item = { text: 'x'.repeat(200) }
  while (stop.int32[0] === 0) {
    queue.put(item)
    queue.get()
  }
}

defineTargets({
  exitProcess,
  rejectUnhandled,
  throwInTimer,
  throwOdd,
  throwOddAndPrint,
  throwOddInHook,
  rejectWithOdd,
  spinForever,
  waitForever,
  acquireAndExit,
  releaseOnce,
  exchangeItems,
})
