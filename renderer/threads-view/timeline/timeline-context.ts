import { createContext, useContext } from 'react'
import type { Timeline } from './timeline.ts'

export const TimelineContext = createContext<Timeline | undefined>(undefined)

export function useTimeline(): Timeline {
  const timeline = useContext(TimelineContext)
  if (!timeline) throw new Error('a part of the timeline is outside of the Threads view')
  return timeline
}
