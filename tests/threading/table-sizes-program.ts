import { Lock, MemoryError, ValueError } from '@skein/threading'
import { processLimits, threadSlot } from '@skein/threading/inspect'
import { type ProcessOptions, startProcess } from '@skein/threading/node'

/** Starts a process whose tables have other sizes, and prints what it found as JSON. */

const common = { name: 'sizes', workers: 0, entry: new URL('file:///none.mjs') }

function isRefused(options: Partial<ProcessOptions>): boolean {
  try {
    startProcess({ ...common, ...options })
    return false
  } catch (error) {
    return error instanceof ValueError
  }
}

const refused = [
  isRefused({ maxThreads: 1 }),
  isRefused({ maxThreads: 2.5 }),
  isRefused({ maxObjects: 0 }),
  isRefused({ maxWaits: -1 }),
  isRefused({ traceEvents: 1000 }),
  isRefused({ memoryBytes: 2 ** 10 }),
  isRefused({ memoryBytes: 2 ** 25 + 1 }),
]

startProcess({ ...common, memoryBytes: 2 ** 20, maxThreads: 3, maxObjects: 10, maxWaits: 2, traceEvents: 8 })
const locks: Lock[] = []
try {
  for (;;) locks.push(new Lock())
} catch (error) {
  if (!(error instanceof MemoryError)) throw error
}
console.log(
  JSON.stringify({
    refused,
    locks: locks.length,
    limits: processLimits(),
    slots: [1, 2, 3, 4].map(threadSlot),
  }),
)
