import type { Exercise } from '../exercise.ts'
import { creating } from './creating.ts'
import { interference } from './interference.ts'
import { life } from './life.ts'
import { processes } from './processes.ts'

/** The Lab's pages, in the order of the tutorial. */
export const exercises: readonly Exercise[] = [processes, creating, life, interference]
