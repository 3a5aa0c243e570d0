import { m } from '../../../shared/i18n/messages.js'
import type { ProcessDirectory } from '../model/process-directory.ts'
import { formatTimeOfDay } from '../model/text-format.ts'
import type { BlockedForever } from './blocked-forever.ts'
import type { LockOrder } from './lock-order-graph.ts'
import type { LostUpdates } from './lost-updates.ts'
import { describeWaitTarget, formatList } from './reason-text.ts'
import { hasEnded } from './wakers.ts'

/** Returns `Nobody can wake consumer any more: it waits on Queue items, and producer has ended.` */
export function describeBlockedForever(
  { thread, wakers }: BlockedForever,
  directory: ProcessDirectory,
): string {
  const others = wakers.filter(({ name }) => name !== thread.name)
  const endedNames = others.filter(hasEnded).map(({ name }) => name)
  const waitingNames = others.filter((waker) => !hasEnded(waker)).map(({ name }) => name)
  const { name } = thread
  const wait = describeWaitTarget(thread, directory)
  const ended = formatList(endedNames)
  const waiting = formatList(waitingNames)
  if (others.length === 0) return m.threads_stuck_alone({ name, wait })
  if (waitingNames.length === 0) return m.threads_stuck_ended({ name, wait, ended, count: endedNames.length })
  if (endedNames.length === 0)
    return m.threads_stuck_waiting({ name, wait, waiting, count: waitingNames.length })
  const counts = { endedCount: endedNames.length, waitingCount: waitingNames.length }
  return m.threads_stuck_both({ name, wait, ended, waiting, ...counts })
}

/** Returns `Lock a and Lock b are taken in two orders, and can deadlock: Lock a before Lock b by one at 12:00:01.000; …` */
export function describeLockOrder(circle: readonly LockOrder[], directory: ProcessDirectory): string {
  const locks = formatList(circle.map(({ held }) => directory.label(held)))
  const orders = circle
    .map(({ held, acquired, acquirers }) => {
      const threads = acquirers.map(({ thread, at }) =>
        m.threads_thread_at({ name: directory.threadName(thread), time: formatTimeOfDay(at) }),
      )
      return m.threads_lock_order({
        held: directory.label(held),
        acquired: directory.label(acquired),
        threads: formatList(threads),
      })
    })
    .join('; ')
  return circle.length === 2
    ? m.threads_lock_orders_two({ locks, orders })
    : m.threads_lock_orders_circle({ locks, orders })
}

/** Returns `Cell counter lost 12 updates, written by one and two: …` */
export function describeLostUpdates(
  { cell, lost, writers }: LostUpdates,
  directory: ProcessDirectory,
): string {
  const threads = formatList([...new Set(writers.map((writer) => directory.threadName(writer)))])
  const loss = { cell: directory.label(cell), count: lost }
  return threads === '' ? m.threads_lost_updates_unseen(loss) : m.threads_lost_updates({ ...loss, threads })
}
