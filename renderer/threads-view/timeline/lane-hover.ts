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

/** How far from the pointer a state is still meant, and a mark, in CSS pixels. */
const pointerReach = 3
const markPointerReach = 5

/** In CSS pixels from the lanes' corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A moment in a lane that the keyboard came to. */
export interface TimelineCursor {
  readonly position: LanePosition
  readonly at: number
}

interface TipText extends SegmentDescription {
  readonly thread: string
  readonly also: string
}

/** The hair line under the pointer or at the cursor, and what it points at in words. */
export class LaneHover {
  readonly #line: HTMLElement
  readonly #tip: HTMLElement
  readonly #cells: Readonly<Record<keyof TipText, TextCell>>
  #isTipShown = false
  /** The hair line is shown. */
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

  /** Where the pointer is; undefined when it left. */
  moveTo(point: Point | undefined): void {
    this.#point = point
    if (point) this.#cursor = undefined
  }

  /** Where the keyboard is; undefined when the focus left. */
  setCursor(cursor: TimelineCursor | undefined): void {
    this.#cursor = cursor
    if (cursor) this.#point = undefined
  }

  /** What stands in the tip, for those who hear it. */
  text(): string {
    return Object.values(this.#cells)
      .map(({ element }) => element.textContent)
      .filter(Boolean)
      .join(', ')
  }

  paint(scene: Scene, places: readonly LanePosition[], window: HTMLElement, extent: Extent): void {
    const point = this.#point ?? this.#pointOf(window, extent)
    if (!point && !this.#isLineShown) return
    this.#isLineShown = point !== undefined
    const told = point && this.#describe(point, scene, places, window.clientWidth, extent)
    this.#line.hidden = point === undefined
    if (point) this.#line.style.transform = `translateX(${point.x}px)`
    if (point && told) this.#show(told, point, window.getBoundingClientRect())
    else if (this.#isTipShown) {
      this.#tip.hidePopover()
      this.#isTipShown = false
    }
  }

  #pointOf(window: HTMLElement, { from, to }: Extent): Point | undefined {
    if (!this.#cursor) return undefined
    const { at, position: place } = this.#cursor
    return { x: ((at - from) / (to - from)) * window.clientWidth, y: place.top + laneHeight / 2 }
  }

  #show(told: TipText, at: Point, box: DOMRect): void {
    for (const [name, cell] of Object.entries(this.#cells)) cell.set(told[name as keyof TipText])
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
    places: readonly LanePosition[],
    width: number,
    { from, to }: Extent,
  ): TipText | undefined {
    const key = (this.#cursor?.position ?? laneAt(places, point.y))?.key
    const process = key && findProcess(scene, key.process)
    const history = key && process?.history(key.id)
    if (!process || !history) return undefined
    const perPixel = (to - from) / Math.max(1, width)
    const time = this.#cursor?.at ?? from + point.x * perPixel
    const story = this.#cursor
      ? describeSegment(process, history, Math.max(history.first, history.segmentAt(time)), scene.at)
      : describeMostRelevantSegment(
          process,
          history,
          time - pointerReach * perPixel,
          time + pointerReach * perPixel,
          scene.at,
        )
    const far = this.#cursor ? cursorReach : markPointerReach * perPixel
    const also = describeNearbyOperations(process, key.id, time - far, time + far).join('\n')
    return story && { ...story, thread: key.name, also }
  }
}

/** What happened at the moment that the keyboard came to, in ms around it. */
const cursorReach = 0.001
