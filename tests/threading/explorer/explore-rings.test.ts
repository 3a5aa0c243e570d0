import { walkAll } from './walk.ts'
import { walkAllDeaths } from './walk-deaths.ts'

walkAll('rings', { preemptions: 3, limit: 1000, random: 500, seed: 20261127 }, 8000)
walkAllDeaths('ringDeaths')
