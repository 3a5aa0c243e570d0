import { Lock } from '../../shared/threading/src/index.ts'
import { serveThreads } from '../../shared/threading/src/node.ts'
import './test-targets.ts'

/** A mistake: the worker's lock would have the number of another object in shared memory. */
export const lock = new Lock({ name: 'made too early' })
serveThreads()
