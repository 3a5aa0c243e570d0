import { walkAll } from './walk.ts'

walkAll('deaths', { preemptions: 3, limit: 400, random: 200, seed: 20261122 }, 60_000)
