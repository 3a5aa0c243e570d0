import { compareAndSet, load, sleep, store, wake } from './atomic.ts'
import { now } from './clock.ts'
import { ThreadKilled } from './errors.ts'
import {
  actMark,
  acts,
  control,
  header,
  object,
  objectAt,
  objectKinds,
  thread,
  threadAt,
  watching,
} from './layout.ts'
import { doubles, mayBlock, me, mySlot, words } from './memory.ts'
import { writeEvent } from './trace.ts'
import type { Act } from './view.ts'

/**
 * Every operation of a primitive begins with `beforeAct` and ends with `afterAct` where somebody watches: there its
 * thread can be held, and what it did is recorded. Where nobody watches, an operation costs a look at one word more.
 */

/** Acts that a thread records between two looks of those who watch. The rest is counted only. */
const actsBetweenLooks = 128

/** A slowed thread's time between two operations counts as `least` ms at the least, and is stretched to `most` at the most. */
const least = 0.1
const most = 2000

/** Whether somebody watches operations, or holds threads at them. */
export const isWatched = (): boolean => words[header.watched] !== 0

/**
 * As `isWatched`, for operations that are done by millions: false also where this one is to be counted only, which it
 * then is.
 */
export function isNoted(): boolean {
  const watched = words[header.watched]!
  if (watched === 0) return false
  if (watched !== watching.acts || words[header.looks] !== mine.looks || mine.left > 0) return true
  countOnly()
  return false
}

const countOnly = (): void => {
  doubles[(threadAt(mySlot) + thread.unmarked) >> 1]! += 1
}

/** Holds this thread before an operation, where it is to be held. main, which must not block, never is. */
export function beforeAct(id: number, act: Act): void {
  if ((words[header.watched]! & watching.control) === 0 || !mayBlock) return
  const record = threadAt(mySlot)
  const isPaused = load(record + thread.control) !== control.free
  const delay = delayOf(words[record + thread.slowness]!)
  if (!isPaused && delay === 0) return
  words[record + thread.gateObject] = id
  store(record + thread.gateAct, acts.indexOf(act))
  words[record + thread.stands]! += 1
  wake(record + thread.gateAct)
  if (delay > 0) dawdle(record, now() + delay)
  standWhilePaused(record)
  store(record + thread.gateAct, 0)
}

function delayOf(slowness: number): number {
  return slowness > 1 ? Math.min((slowness - 1) * Math.max(now() - own().since, least), most) : 0
}

/** Pausing it, setting it free or another slowness ends the delay. */
function dawdle(record: number, end: number): void {
  const slowness = words[record + thread.slowness]
  while (words[record + thread.slowness] === slowness && load(record + thread.killed) !== 1) {
    const left = end - now()
    if (left <= 0 || load(record + thread.control) !== control.free) return
    sleep(record + thread.control, control.free, left)
  }
}

function standWhilePaused(record: number): void {
  const word = record + thread.control
  for (;;) {
    if (load(record + thread.killed) === 1) throw new ThreadKilled('ended from outside')
    const wanted = load(word)
    if (wanted === control.free || compareAndSet(word, control.step, control.paused)) return
    if (wanted === control.paused) sleep(word, control.paused, Infinity)
  }
}

/** Records what this thread did to an object, and what that holds now; `noSuccess` where it did not get its will. */
export function afterAct(id: number, act: Act, value: number): void {
  const { locks } = own()
  const holding = act === 'acquire' ? (locks.at(-1) ?? 0) : 0
  const isNewOrder = noteLocks(id, act, value, holding)
  if ((words[header.watched]! & watching.acts) !== 0) {
    // The first time that two locks are held in an order is told in any case.
    if (hasRoom() || isNewOrder) writeEvent(actMark, id, acts.indexOf(act), value, now(), holding)
    else countOnly()
  }
  if ((words[header.watched]! & watching.control) !== 0) own().since = now()
}

/** What a thread knows of itself. */
interface Own {
  readonly ident: number
  /** How often watching had begun: what was acquired before may have been released unseen. */
  readonly watchings: number
  /** Where its time before the next operation begins. */
  since: number
  /** The locks it holds, the last acquired last. */
  readonly locks: number[]
  readonly orders: Set<string>
  /** How often was looked when it recorded an act last, and how many it may record until the next look. */
  looks: number
  left: number
}

let mine: Own = { ident: 0, watchings: 0, since: 0, locks: [], orders: new Set(), looks: -1, left: 0 }

/** Made anew when this worker runs another thread, and when watching begins again. */
function own(): Own {
  const watchings = words[header.watchings]!
  if (mine.ident !== me || mine.watchings !== watchings)
    mine = { ...mine, ident: me, watchings, since: now(), locks: [], orders: new Set() }
  return mine
}

/** Keeps the list of locks held. Returns whether it acquired a lock while it held another, for the first time so. */
function noteLocks(id: number, act: Act, value: number, holding: number): boolean {
  const { locks, orders } = own()
  if (act === 'release' && value === 0) {
    const place = locks.lastIndexOf(id)
    if (place >= 0) locks.splice(place, 1)
  }
  if (act !== 'acquire' || value !== 1 || !isLock(id)) return false
  locks.push(id)
  const order = `${holding} ${id}`
  if (holding === 0 || orders.has(order)) return false
  orders.add(order)
  return true
}

const lockKinds: readonly number[] = [objectKinds.indexOf('Lock'), objectKinds.indexOf('RLock')]

const isLock = (id: number): boolean => lockKinds.includes(words[objectAt(id) + object.kind]!)

function hasRoom(): boolean {
  const looks = words[header.looks]!
  if (mine.looks !== looks) {
    mine.looks = looks
    mine.left = actsBetweenLooks
  }
  return mine.left-- > 0
}
