import type { ObjectView } from '@skein/threading/inspect'
import { kindDescriptions } from '../model/object-kinds/object-kinds.ts'
import type { ProcessModel } from '../model/process-model.ts'
import { noValueText } from '../model/text-format.ts'
import { findProcess, type ObjectKey, type Scene } from '../model/threads-model.ts'
import { ChangeTracker } from '../painting/change-tracker.ts'
import { findTextCell, type TextCell } from '../painting/text-cell.ts'

/** The bar of an unbounded queue is full at its maximum depth so far, but at least at this depth. */
const minFullDepth = 8

/** The maximum lengths of texts that fit their cells in the narrowest layout. */
const maxValueLength = 10
const maxWaitersLength = 8

/** Updates one row of the table of objects. */
export class ObjectRowPainter {
  readonly #row: HTMLElement
  readonly #key: ObjectKey
  readonly #value: TextCell
  readonly #bar: HTMLElement | null
  readonly #waiters: TextCell
  readonly #changeTracker = new ChangeTracker()
  #maxDepth = minFullDepth
  #fill = -1
  #flag: boolean | undefined

  constructor(row: HTMLElement, key: ObjectKey) {
    this.#row = row
    this.#key = key
    this.#value = findTextCell(row, 'value')
    this.#bar = row.querySelector('[data-part="bar"]')
    this.#waiters = findTextCell(row, 'waiters')
  }

  paint(scene: Scene): void {
    const process = findProcess(scene, this.#key.process)
    if (!process || !this.#changeTracker.takeChange(process)) return
    const object = process.object(this.#key.id)
    if (!object) return
    this.#value.setWithTitle(objectValueText(process, object))
    this.#paintFill(object)
    this.#paintFlag(object.flag)
    this.#waiters.setWithTitle(objectWaitersText(process, object))
    this.#value.element.parentElement?.toggleAttribute('data-long', this.#value.text.length > maxValueLength)
    this.#waiters.element.toggleAttribute('data-long', this.#waiters.text.length > maxWaitersLength)
  }

  #paintFill(object: ObjectView): void {
    if (object.depth === undefined) return
    this.#maxDepth = Math.max(this.#maxDepth, object.depth)
    const fill = Math.min(1, object.depth / (object.maxSize ?? this.#maxDepth))
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

/** Returns an object's value as a text. */
export function objectValueText(process: ProcessModel, object: ObjectView): string {
  const holderName = object.holder ? process.threadName(object.holder) : undefined
  return kindDescriptions[object.kind].texts.value(object, holderName) ?? noValueText
}

/**
 * Returns the threads that wait, in the sequence of their arrival. A thread with several waits is listed
 * once, with their number.
 */
export function objectWaitersText(process: ProcessModel, object: ObjectView): string {
  if (object.waiters.length === 0) return noValueText
  const times = new Map<number, number>()
  for (const waiter of object.waiters) times.set(waiter, (times.get(waiter) ?? 0) + 1)
  return [...times].map(([id, n]) => process.threadName(id) + (n === 1 ? '' : ` ×${n}`)).join(', ')
}
