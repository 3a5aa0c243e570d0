import { useMemo, useRef, useState } from 'react'
import { type Paint, usePaint } from '../frames.ts'
import { type ProcessGroup, processOf, type Scene, type ThreadKey, threadKey } from '../threads-model.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import type { Extent } from '../timeline/viewport.ts'
import { type Filter, filtersSegments, isFiltering, nameMatches, threadMatches } from './filter.ts'

/** Threads come into what is looked for and leave it as time passes: that is looked up this often, in ms. */
const step = 250

/** The groups with the threads that the filter means in the time shown. Groups that this leaves empty are left out. */
export function useMatchingGroups(groups: readonly ProcessGroup[], filter: Filter): readonly ProcessGroup[] {
  const timeline = useTimeline()
  const [found, setFound] = useState<Found>()
  const lookedAt = useRef(0)
  const paint = useMemo<Paint>(() => {
    lookedAt.current = 0
    return (scene) => {
      const now = performance.now()
      if (!filtersSegments(filter) || now - lookedAt.current < step) return undefined
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
      filtersSegments(filter) && found?.filter === filter ? new Set(found.keys.split('\n')) : undefined
    return only(groups, (key) => keys?.has(threadKey(key.process, key.id)) ?? nameMatches(filter, key.name))
  }, [groups, filter, found])
}

interface Found {
  readonly filter: Filter
  /** Keys of threads, a line each. */
  readonly keys: string
}

function matchingKeys(scene: Scene, groups: readonly ProcessGroup[], filter: Filter, shown: Extent): string {
  const matching = groups.flatMap(({ threads }) =>
    threads.filter((key) => {
      const process = processOf(scene, key.process)
      return process !== undefined && threadMatches(filter, process, key, shown, scene.at)
    }),
  )
  return matching.map(({ process, id }) => threadKey(process, id)).join('\n')
}

function only(groups: readonly ProcessGroup[], wanted: (key: ThreadKey) => boolean): readonly ProcessGroup[] {
  return groups
    .map((group) => ({ ...group, threads: group.threads.filter(wanted) }))
    .filter(({ threads }) => threads.length > 0)
}
