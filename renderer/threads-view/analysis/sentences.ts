import { count, timeOfDay } from '../words.ts'
import type { Cast } from './cast.ts'
import type { LockOrder } from './lock-orders.ts'
import type { LostUpdates } from './lost-updates.ts'
import type { Stuck } from './stuck.ts'
import { hasEnded } from './wakers.ts'
import { listed, waitsOn } from './why.ts'

/** `Nobody can wake consumer any more: it waits on Queue items, and producer has ended.` */
export function stuckSentence({ thread, wakers }: Stuck, cast: Cast): string {
  const others = wakers.filter(({ name }) => name !== thread.name)
  const ended = others.filter(hasEnded).map(({ name }) => name)
  const waiting = others.filter((waker) => !hasEnded(waker)).map(({ name }) => name)
  const reasons = [
    ...(ended.length > 0 ? [`${listed(ended)} ${ended.length === 1 ? 'has' : 'have'} ended`] : []),
    ...(waiting.length > 0
      ? [`${listed(waiting)} ${waiting.length === 1 ? 'waits' : 'wait'} for ever too`]
      : []),
    ...(others.length === 0 ? ['it is the only one that could end its own wait'] : []),
  ]
  return `Nobody can wake ${thread.name} any more: it ${waitsOn(thread, cast)}, and ${reasons.join(', and ')}.`
}

/** `Lock a and Lock b are taken in two orders: a then b by one at 12:00:01.000; b then a by two at …` */
export function lockOrderSentence(circle: readonly LockOrder[], cast: Cast): string {
  const locks = listed(circle.map(({ held }) => cast.label(held)))
  const orders = circle.map(({ held, acquired, takers }) => {
    const who = takers.map(({ thread, at }) => `${cast.threadName(thread)} at ${timeOfDay(at)}`)
    return `${cast.label(held)} before ${cast.label(acquired)} by ${listed(who)}`
  })
  const how = circle.length === 2 ? 'in two orders' : 'in a circle of orders'
  return `${locks} are taken ${how}, and can deadlock: ${orders.join('; ')}.`
}

/** `Cell counter lost 12 updates: one and two write it with nothing that keeps them apart.` */
export function lostUpdatesSentence({ cell, lost, writers }: LostUpdates, cast: Cast): string {
  const names = [...new Set(writers.map((writer) => cast.threadName(writer)))]
  const who = names.length === 0 ? '' : `, written by ${listed(names)}`
  return `${cast.label(cell)} lost ${count(lost, 'update', 'updates')}${who}: a thread wrote what it had made of an older value.`
}
