import { lockScenarios } from './lock.ts'
export const all = [...lockScenarios]
export { walk, replay, randomSchedule } from '../engine/search.ts'
