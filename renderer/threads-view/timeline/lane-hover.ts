import { describeNearbyOperations } from '../descriptions/nearby-operations.ts'
import {
  describeMostRelevantSegment,
  describeSegment,
  type SegmentDescription,
} from '../descriptions/segment-description.ts'
import { findProcess, type Scene } from '../model/threads-model.ts'
import { findPart, findTextCell, type TextCell } from '../painting/text-cell.ts'
import { type LanePosition, laneAt } from './lane-layout.ts'
import { laneHeight } from './lane-painter.ts'
import type { Extent } from './viewport.ts'

/** The distance from the pointer within which a state, and a mark, is described, in CSS pixels. */
const pointerReach = 3
const markPointerReach = 5

/** A position in CSS pixels from the corner of the lanes. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** The moment in a lane that the keyboard has selected. */
export interface TimelineCursor {
  readonly position: LanePosition
  readonly at: number
}

interface TipText extends SegmentDescription {
  readonly thread: string
  readonly also: string
}

/** The hair line under the pointer or at the cursor, and the tip that describes what it points at. */
export class LaneHover {
  readonly #line: HTMLElement
  readonly #tip: HTMLElement
  readonly #cells: Readonly<Record<keyof TipText, TextCell>>
  #isTipShown = false
  #isLineShown = false
  #point: Point | undefined
  #cursor: TimelineCursor | undefined

  constructor(root: Element) {
    this.#line = findPart(root, 'hair')
    this.#tip = findPart(root, 'tip')
    this.#cells = {
      thread: findTextCell(root, 'tip-thread'),
      state: findTextCell(root, 'tip-state'),
      cause: findTextCell(root, 'tip-cause'),
      when: findTextCell(root, 'tip-when'),
      also: findTextCell(root, 'tip-also'),
    }
  }

  get cursor(): TimelineCursor | undefined {
    return this.#cursor
  }

  /** Sets the position of the pointer; undefined if it has left. */
  moveTo(point: Point | undefined): void {
    this.#point = point
    if (point) this.#cursor = undefined
  }

  /** Sets the cursor of the keyboard; undefined if the focus has left. */
  setCursor(cursor: TimelineCursor | undefined): void {
    this.#cursor = cursor
    if (cursor) this.#point = undefined
  }

  /** Returns the text of the tip, for screen readers. */
  text(): string {
    return Object.values(this.#cells)
      .map(({ element }) => element.textContent)
      .filter(Boolean)
      .join(', ')
  }

  paint(scene: Scene, positions: readonly LanePosition[], window: HTMLElement, extent: Extent): void {
    const point = this.#point ?? this.#pointOf(window, extent)
    if (!point && !this.#isLineShown) return
    this.#isLineShown = point !== undefined
    const text = point && this.#describe(point, scene, positions, window.clientWidth, extent)
    this.#line.hidden = point === undefined
    if (point) this.#line.style.transform = `translateX(${point.x}px)`
    if (point && text) this.#show(text, point, window.getBoundingClientRect())
    else if (this.#isTipShown) {
      this.#tip.hidePopover()
      this.#isTipShown = false
    }
  }

  #pointOf(window: HTMLElement, { from, to }: Extent): Point | undefined {
    if (!this.#cursor) return undefined
    const { at, position } = this.#cursor
    return { x: ((at - from) / (to - from)) * window.clientWidth, y: position.top + laneHeight / 2 }
  }

  #show(text: TipText, at: Point, box: DOMRect): void {
    for (const [name, cell] of Object.entries(this.#cells)) cell.set(text[name as keyof TipText])
    if (!this.#isTipShown) this.#tip.showPopover()
    this.#isTipShown = true
    const { offsetWidth: width, offsetHeight: height } = this.#tip
    const left = Math.max(8, Math.min(box.left + at.x + 12, innerWidth - width - 8))
    const below = box.top + at.y + 16
    const top = below + height + 8 > innerHeight ? box.top + at.y - height - 8 : below
    this.#tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }

  #describe(
    point: Point,
    scene: Scene,
    positions: readonly LanePosition[],
    width: number,
    { from, to }: Extent,
  ): TipText | undefined {
    const key = (this.#cursor?.position ?? laneAt(positions, point.y))?.key
    const process = key && findProcess(scene, key.process)
    const history = key && process?.history(key.id)
    if (!process || !history) return undefined
    const perPixel = (to - from) / Math.max(1, width)
    const time = this.#cursor?.at ?? from + point.x * perPixel
    const description = this.#cursor
      ? describeSegment(process, history, Math.max(history.first, history.segmentAt(time)), scene.at)
      : describeMostRelevantSegment(
          process,
          history,
          time - pointerReach * perPixel,
          time + pointerReach * perPixel,
          scene.at,
        )
    const reach = this.#cursor ? cursorReach : markPointerReach * perPixel
    const also = describeNearbyOperations(process, key.id, time - reach, time + reach).join('\n')
    return description && { ...description, thread: key.name, also }
  }
}

/** The time around the cursor whose operations are described, in ms. */
const cursorReach = 0.001
