import { Lock } from '@skein/threading'
import { serveThreads } from '@skein/threading/node'
import './test-targets.ts'

/** A mistake: the worker's lock would have the number of another object in shared memory. */
export const lock = new Lock({ name: 'made too early' })
serveThreads()
