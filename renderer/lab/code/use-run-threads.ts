import { useMemo, useSyncExternalStore } from 'react'
import type { ThreadKey, ThreadsModel } from '../../threads-view/model/threads-model.ts'

/** Returns the threads of a run in the order of their start, without main. */
export function useRunThreads(model: ThreadsModel): readonly ThreadKey[] {
  const layout = useSyncExternalStore(model.subscribe, model.layout)
  return useMemo(() => {
    const threads = layout.groups.flatMap((group) => group.threads).filter(({ id }) => id !== 1)
    return threads.toSorted((one, other) => one.id - other.id)
  }, [layout])
}
