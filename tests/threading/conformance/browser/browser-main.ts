import { startProcess } from '@skein/threading/web'
import { memoryBytes } from '../memory-size.ts'
import { runCase } from '../run-case.ts'

declare global {
  interface Window {
    readonly runCase: typeof runCase
  }
}

startProcess({
  name: 'conformance',
  workers: Number(new URLSearchParams(location.search).get('workers')),
  memoryBytes,
  createWorker: () => new Worker(new URL('./browser-worker.ts', import.meta.url), { type: 'module' }),
})
Object.assign(window, { runCase })
