import { useMemo, useRef, useState } from 'react'
import {
  findProcess,
  type ProcessGroup,
  type Scene,
  type ThreadKey,
  threadKey,
} from '../model/threads-model.ts'
import { type Paint, usePaint } from '../painting/paint-scheduler.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import type { Extent } from '../timeline/viewport.ts'
import {
  hasSegmentFilter,
  isFiltering,
  nameMatches,
  type ThreadFilter,
  threadMatches,
} from './thread-filter.ts'

/** Threads come into what is looked for and leave it as time passes: that is looked up this often, in ms. */
const matchInterval = 250

/** The groups with the threads that the filter means in the time shown. Groups that this leaves empty are left out. */
export function useMatchingGroups(
  groups: readonly ProcessGroup[],
  filter: ThreadFilter,
): readonly ProcessGroup[] {
  const timeline = useTimeline()
  const [found, setFound] = useState<MatchResult>()
  const lookedAt = useRef(0)
  const paint = useMemo<Paint>(() => {
    lookedAt.current = 0
    return (scene) => {
      const now = performance.now()
      if (!hasSegmentFilter(filter) || now - lookedAt.current < matchInterval) return undefined
      lookedAt.current = now
      const keys = matchingKeys(scene, groups, filter, timeline.extent())
      setFound((was) => (was?.filter === filter && was.keys === keys ? was : { filter, keys }))
      return undefined
    }
  }, [groups, filter, timeline])
  usePaint(paint)
  return useMemo(() => {
    if (!isFiltering(filter)) return groups
    const keys =
      hasSegmentFilter(filter) && found?.filter === filter ? new Set(found.keys.split('\n')) : undefined
    return filterGroups(
      groups,
      (key) => keys?.has(threadKey(key.process, key.id)) ?? nameMatches(filter, key.name),
    )
  }, [groups, filter, found])
}

interface MatchResult {
  readonly filter: ThreadFilter
  /** Keys of threads, a line each. */
  readonly keys: string
}

function matchingKeys(
  scene: Scene,
  groups: readonly ProcessGroup[],
  filter: ThreadFilter,
  shown: Extent,
): string {
  const matching = groups.flatMap(({ threads }) =>
    threads.filter((key) => {
      const process = findProcess(scene, key.process)
      return process !== undefined && threadMatches(filter, process, key, shown, scene.at)
    }),
  )
  return matching.map(({ process, id }) => threadKey(process, id)).join('\n')
}

function filterGroups(
  groups: readonly ProcessGroup[],
  wanted: (key: ThreadKey) => boolean,
): readonly ProcessGroup[] {
  return groups
    .map((group) => ({ ...group, threads: group.threads.filter(wanted) }))
    .filter(({ threads }) => threads.length > 0)
}
