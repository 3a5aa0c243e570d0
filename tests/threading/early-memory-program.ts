import { closePool, currentThread, Lock, Thread } from '@skein/threading'
import { processLimits, snapshot } from '@skein/threading/inspect'
import { type ProcessOptions, startProcess } from '@skein/threading/node'

/** Makes a primitive before it calls `startProcess` with the options of its arguments, and prints what happened as JSON. */

const common = { name: 'early', workers: 0, entry: new URL('file:///none.mjs') }
const attempts: readonly Partial<ProcessOptions>[] = JSON.parse(process.argv[2]!)
const makers: Readonly<Record<string, () => unknown>> = {
  lock: () => new Lock(),
  thread: () => new Thread(),
  current: () => currentThread(),
  nothing: () => undefined,
}
makers[process.argv[3]!]!()

const outcomes = attempts.map((options) => {
  try {
    startProcess({ ...common, ...options })
    return 'started'
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : 'no Error'
  } finally {
    if (process.argv[4] === 'close') closePool()
  }
})
console.log(JSON.stringify({ outcomes, name: snapshot().process, limits: processLimits() }))
