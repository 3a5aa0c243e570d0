import { writeSync } from 'node:fs'
import { workerData } from 'node:worker_threads'
import '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { attachMemory } from '../../../shared/threading/src/core/memory.ts'
import { dump } from './dump.ts'
import { Ledger } from './ledger.ts'

/** A worker beside the library's that ends the process, after a dump, when main has made no progress for too long. */

export interface WatcherData {
  readonly memory: SharedArrayBuffer
  readonly maxSilence: number
}

const { memory, maxSilence }: WatcherData = workerData
const ledger = Ledger.ofProcess()
attachMemory(memory, 0)
watch()

function watch(): void {
  const sleeper = new Int32Array(new SharedArrayBuffer(4))
  let heartbeat = ledger.heartbeat
  for (let since = performance.now(); performance.now() - since < maxSilence; ) {
    Atomics.wait(sleeper, 0, 0, 200)
    if (ledger.heartbeat !== heartbeat) since = performance.now()
    heartbeat = ledger.heartbeat
  }
  ledger.violation(`main has made no progress for ${maxSilence / 1000} s`)
  writeSync(2, `${dump(snapshot())}\n`)
  process.kill(process.pid, 'SIGKILL')
}
