import type { ProcessDirectory } from '../model/process-directory.ts'
import { formatCount, formatTimeOfDay } from '../model/text-format.ts'
import type { BlockedForever } from './blocked-forever.ts'
import type { LockOrder } from './lock-order-graph.ts'
import type { LostUpdates } from './lost-updates.ts'
import { describeWaitTarget, formatList } from './reason-text.ts'
import { hasEnded } from './wakers.ts'

/** `Nobody can wake consumer any more: it waits on Queue items, and producer has ended.` */
export function describeBlockedForever({ thread, wakers }: BlockedForever, cast: ProcessDirectory): string {
  const others = wakers.filter(({ name }) => name !== thread.name)
  const ended = others.filter(hasEnded).map(({ name }) => name)
  const waiting = others.filter((waker) => !hasEnded(waker)).map(({ name }) => name)
  const reasons = [
    ...(ended.length > 0 ? [`${formatList(ended)} ${ended.length === 1 ? 'has' : 'have'} ended`] : []),
    ...(waiting.length > 0
      ? [`${formatList(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for ever too`]
      : []),
    ...(others.length === 0 ? ['it is the only one that could end its own wait'] : []),
  ]
  return `Nobody can wake ${thread.name} any more: it ${describeWaitTarget(thread, cast)}, and ${reasons.join(', and ')}.`
}

/** `Lock a and Lock b are taken in two orders: a then b by one at 12:00:01.000; b then a by two at …` */
export function describeLockOrder(circle: readonly LockOrder[], cast: ProcessDirectory): string {
  const locks = formatList(circle.map(({ held }) => cast.label(held)))
  const orders = circle.map(({ held, acquired, acquirers: takers }) => {
    const who = takers.map(({ thread, at }) => `${cast.threadName(thread)} at ${formatTimeOfDay(at)}`)
    return `${cast.label(held)} before ${cast.label(acquired)} by ${formatList(who)}`
  })
  const how = circle.length === 2 ? 'in two orders' : 'in a circle of orders'
  return `${locks} are taken ${how}, and can deadlock: ${orders.join('; ')}.`
}

/** `Cell counter lost 12 updates: one and two write it with nothing that keeps them apart.` */
export function describeLostUpdates({ cell, lost, writers }: LostUpdates, cast: ProcessDirectory): string {
  const names = [...new Set(writers.map((writer) => cast.threadName(writer)))]
  const who = names.length === 0 ? '' : `, written by ${formatList(names)}`
  return `${cast.label(cell)} lost ${formatCount(lost, 'update', 'updates')}${who}: a thread wrote what it had made of an older value.`
}
