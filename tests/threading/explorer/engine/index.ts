export { walk, replay, randomSchedule } from './search.ts'
