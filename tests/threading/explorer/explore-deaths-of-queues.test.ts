import { walkAllDeaths } from './walk-deaths.ts'

walkAllDeaths('queueDeaths')
