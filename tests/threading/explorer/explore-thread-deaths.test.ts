import { walkAllDeaths } from './walk-deaths.ts'

walkAllDeaths('lockDeaths', 'signalDeaths', 'memoryDeaths', 'threadDeaths', 'timedDeaths', 'doubleDeaths')
