import { startProcess } from '@skein/threading/web'
import { memoryBytes } from '../memory-size.ts'
import { runCase } from '../run-case.ts'

declare global {
  interface Window {
    readonly runCase: typeof runCase
  }
}

const { searchParams } = new URL(location.href)
const maxObjects = searchParams.get('maxObjects')

startProcess({
  name: 'conformance',
  workers: Number(searchParams.get('workers')),
  memoryBytes,
  ...(maxObjects === null ? {} : { maxObjects: Number(maxObjects) }),
  createWorker: () => new Worker(new URL('./browser-worker.ts', import.meta.url), { type: 'module' }),
})
Object.assign(window, { runCase })
