import { walkAll } from './walk.ts'

walkAll('deaths', { preemptions: 3, limit: 600, random: 300, seed: 20261122 }, 60_000)
