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

/**
 * The interval in ms at which threads are matched again, because time moves segments in and out of the range.
 */
const matchInterval = 250

/** Returns the groups with the threads that match the filter in the time shown. Empty groups are omitted. */
export function useMatchingGroups(
  groups: readonly ProcessGroup[],
  filter: ThreadFilter,
): readonly ProcessGroup[] {
  const timeline = useTimeline()
  const [result, setResult] = useState<MatchResult>()
  const matchedAt = useRef(0)
  const paint = useMemo<Paint>(() => {
    matchedAt.current = 0
    return (scene) => {
      const now = performance.now()
      if (!hasSegmentFilter(filter) || now - matchedAt.current < matchInterval) return undefined
      matchedAt.current = now
      const keys = matchingKeys(scene, groups, filter, timeline.extent())
      setResult((previous) =>
        previous?.filter === filter && previous.keys === keys ? previous : { filter, keys },
      )
      return undefined
    }
  }, [groups, filter, timeline])
  usePaint(paint)
  return useMemo(() => {
    if (!isFiltering(filter)) return groups
    const keys =
      hasSegmentFilter(filter) && result?.filter === filter ? new Set(result.keys.split('\n')) : undefined
    return filterGroups(
      groups,
      (key) => keys?.has(threadKey(key.process, key.id)) ?? nameMatches(filter, key.name),
    )
  }, [groups, filter, result])
}

interface MatchResult {
  readonly filter: ThreadFilter
  /** The keys of the threads, separated by line breaks. */
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
  isWanted: (key: ThreadKey) => boolean,
): readonly ProcessGroup[] {
  return groups
    .map((group) => ({ ...group, threads: group.threads.filter(isWanted) }))
    .filter(({ threads }) => threads.length > 0)
}
