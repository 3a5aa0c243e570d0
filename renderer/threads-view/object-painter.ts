import type { ObjectKind, ObjectView } from '../../shared/threading/view.ts'
import { News } from './news.ts'
import type { ProcessModel } from './process-model.ts'
import { type TextCell, textPart } from './text-cell.ts'
import { type ObjectKey, processOf, type Scene } from './threads-model.ts'
import { count, depthText, nothing } from './words.ts'

/** The bar of an unbounded queue is full at the most items it was seen to hold, and at least at this many. */
const leastFull = 8

/** Keeps one line of the table of objects true. */
export class ObjectPainter {
  readonly #row: HTMLElement
  readonly #key: ObjectKey
  readonly #value: TextCell
  readonly #bar: HTMLElement | null
  readonly #waiters: TextCell
  readonly #news = new News()
  #most = leastFull
  #fill = -1
  #flag: boolean | undefined

  constructor(row: HTMLElement, key: ObjectKey) {
    this.#row = row
    this.#key = key
    this.#value = textPart(row, 'value')
    this.#bar = row.querySelector('[data-part="bar"]')
    this.#waiters = textPart(row, 'waiters')
  }

  paint(scene: Scene): void {
    const process = processOf(scene, this.#key.process)
    if (!process || !this.#news.of(process)) return
    const object = process.object(this.#key.id)
    if (!object) return
    this.#value.setWithTitle(valueText(process, object))
    this.#paintFill(object)
    this.#paintFlag(object.flag)
    this.#waiters.setWithTitle(waitersText(process, object))
  }

  #paintFill(object: ObjectView): void {
    if (object.depth === undefined) return
    this.#most = Math.max(this.#most, object.depth)
    const fill = Math.min(1, object.depth / (object.maxSize ?? this.#most))
    if (fill === this.#fill) return
    this.#fill = fill
    this.#bar?.style.setProperty('--fill', fill.toFixed(3))
  }

  #paintFlag(flag: boolean | undefined): void {
    if (flag === this.#flag) return
    this.#flag = flag
    this.#row.dataset.flag = flag ? 'set' : 'clear'
  }
}

/** What an object's memory says, in a word or a number. */
export function valueText(process: ProcessModel, object: ObjectView): string {
  if (object.depth !== undefined) return depthText(object.depth, object.maxSize)
  if (object.flag !== undefined) return object.flag ? 'set' : 'clear'
  if (object.permits !== undefined) return count(object.permits, 'permit', 'permits')
  if (object.holder) return `held by ${process.threadName(object.holder)}`
  return hasHolder.has(object.kind) ? 'free' : nothing
}

const hasHolder: ReadonlySet<ObjectKind> = new Set(['Lock', 'RLock', 'Condition'])

/** Who waits for it, first come first; one who waits several times stands once with the number. */
export function waitersText(process: ProcessModel, object: ObjectView): string {
  if (object.waiters.length === 0) return nothing
  const times = new Map<number, number>()
  for (const waiter of object.waiters) times.set(waiter, (times.get(waiter) ?? 0) + 1)
  return [...times].map(([id, n]) => process.threadName(id) + (n === 1 ? '' : ` ×${n}`)).join(', ')
}
