import type { ObjectView, ProcessView } from '@skein/threading/inspect'

/** Returns a text for each thread that sleeps beside what it waits for, while no other thread can run. */
export function findSleepers(view: ProcessView, brokenBarriers: ReadonlySet<number>): string[] {
  const objects = new Map(view.objects.map((object) => [object.id, object]))
  return view.threads.flatMap(({ id, name, waiting, awaiting }) =>
    [...(waiting === undefined ? [] : [waiting]), ...awaiting].flatMap(({ object: objectId, operation }) => {
      const object = objects.get(objectId)
      if (object === undefined) return []
      const reason = reasonToWake(object, operation, view, brokenBarriers)
      return reason === undefined
        ? []
        : [`thread ${id} (${name}) sleeps in ${operation} on ${object.name}, which ${reason}`]
    }),
  )
}

function reasonToWake(
  object: ObjectView,
  operation: string,
  view: ProcessView,
  brokenBarriers: ReadonlySet<number>,
): string | undefined {
  switch (object.kind) {
    case 'Event':
      return object.flag ? 'is set' : undefined
    case 'Lock':
    case 'RLock':
      return reasonToTake(object, view)
    case 'Semaphore':
    case 'BoundedSemaphore':
      return (object.permits ?? 0) > 0 ? `has ${object.permits} permits` : undefined
    case 'Queue':
    case 'LifoQueue':
    case 'PriorityQueue':
      return reasonInQueue(object, operation)
    case 'Barrier':
      return reasonToPass(object, brokenBarriers)
    case 'Thread':
      return view.threads.some(
        ({ id, name, state }) => state !== 'Terminated' && name === object.name && id > 0,
      )
        ? undefined
        : 'has ended'
    default:
      return undefined
  }
}

function reasonToTake({ holder }: ObjectView, view: ProcessView): string | undefined {
  if (holder === undefined) return 'is free'
  const isHeld = view.threads.some(({ id, state }) => id === holder && state !== 'Terminated')
  return isHeld ? undefined : `is held by ${holder}, which is dead`
}

function reasonInQueue(
  { depth = 0, maxSize, unfinished }: ObjectView,
  operation: string,
): string | undefined {
  if (operation === 'get') return depth > 0 ? `holds ${depth} items` : undefined
  if (operation === 'put') return maxSize === undefined || depth < maxSize ? 'has room' : undefined
  return unfinished === 0 ? 'has no unfinished item' : undefined
}

function reasonToPass(
  { id, arrived = 0, parties = 0, waiters }: ObjectView,
  brokenBarriers: ReadonlySet<number>,
): string | undefined {
  if (brokenBarriers.has(id)) return 'is broken'
  if (arrived >= parties) return `has ${arrived} arrivals of ${parties}`
  return arrived === waiters.length ? undefined : `counts ${arrived} arrivals of ${waiters.length} waiters`
}
