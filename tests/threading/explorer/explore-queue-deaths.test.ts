import { walkAll } from './walk.ts'

walkAll('queueDeaths', { preemptions: 3, limit: 600, random: 400, seed: 20261127 }, 15_000)
