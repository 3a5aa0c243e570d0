import { Queue, Thread } from '@skein/threading'
import { startProcess } from '@skein/threading/web'
import { countPrimes } from './targets.ts'

startProcess({
  name: 'page',
  workers: 2,
  createWorker: () => new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }),
})

const found = new Queue<number>({ name: 'found' })
new Thread({ target: countPrimes, args: [100_000, found] }).start()
document.body.textContent = `There are ${await found.getAsync()} primes below 100,000.`
