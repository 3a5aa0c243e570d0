import { walkAll } from './walk.ts'

walkAll('signals', { preemptions: 3, limit: 1000, random: 500, seed: 20261122 }, 30_000)
