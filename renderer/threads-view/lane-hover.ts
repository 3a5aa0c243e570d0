import { type LanePlace, placeAt } from './lane-layout.ts'
import { laneHeight } from './lane-painter.ts'
import { type Story, segmentStory, storyOf } from './lane-story.ts'
import { part, type TextCell, textPart } from './text-cell.ts'
import { processOf, type Scene } from './threads-model.ts'
import { nearby } from './timeline/nearby.ts'
import type { Extent } from './timeline/viewport.ts'

/** How far from the pointer a state is still meant, and a mark, in CSS pixels. */
const reach = 3
const markReach = 5

/** In CSS pixels from the lanes' corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A moment in a lane that the keyboard came to. */
export interface Cursor {
  readonly place: LanePlace
  readonly at: number
}

interface Told extends Story {
  readonly thread: string
  readonly also: string
}

/** The hair line under the pointer or at the cursor, and what it points at in words. */
export class LaneHover {
  readonly #line: HTMLElement
  readonly #tip: HTMLElement
  readonly #cells: Readonly<Record<keyof Told, TextCell>>
  #shown = false
  /** The hair line is shown. */
  #pointing = false
  #point: Point | undefined
  #cursor: Cursor | undefined

  constructor(root: Element) {
    this.#line = part(root, 'hair')
    this.#tip = part(root, 'tip')
    this.#cells = {
      thread: textPart(root, 'tip-thread'),
      state: textPart(root, 'tip-state'),
      cause: textPart(root, 'tip-cause'),
      when: textPart(root, 'tip-when'),
      also: textPart(root, 'tip-also'),
    }
  }

  get cursor(): Cursor | undefined {
    return this.#cursor
  }

  /** Where the pointer is; undefined when it left. */
  moveTo(point: Point | undefined): void {
    this.#point = point
    if (point) this.#cursor = undefined
  }

  /** Where the keyboard is; undefined when the focus left. */
  setCursor(cursor: Cursor | undefined): void {
    this.#cursor = cursor
    if (cursor) this.#point = undefined
  }

  /** What stands in the tip, for those who hear it. */
  words(): string {
    return Object.values(this.#cells)
      .map(({ element }) => element.textContent)
      .filter(Boolean)
      .join(', ')
  }

  paint(scene: Scene, places: readonly LanePlace[], window: HTMLElement, extent: Extent): void {
    const point = this.#point ?? this.#pointOf(window, extent)
    if (!point && !this.#pointing) return
    this.#pointing = point !== undefined
    const told = point && this.#tell(point, scene, places, window.clientWidth, extent)
    this.#line.hidden = point === undefined
    if (point) this.#line.style.transform = `translateX(${point.x}px)`
    if (point && told) this.#show(told, point, window.getBoundingClientRect())
    else if (this.#shown) {
      this.#tip.hidePopover()
      this.#shown = false
    }
  }

  #pointOf(window: HTMLElement, { from, to }: Extent): Point | undefined {
    if (!this.#cursor) return undefined
    const { at, place } = this.#cursor
    return { x: ((at - from) / (to - from)) * window.clientWidth, y: place.top + laneHeight / 2 }
  }

  #show(told: Told, at: Point, box: DOMRect): void {
    for (const [name, cell] of Object.entries(this.#cells)) cell.set(told[name as keyof Told])
    if (!this.#shown) this.#tip.showPopover()
    this.#shown = true
    const { offsetWidth: width, offsetHeight: height } = this.#tip
    const left = Math.max(8, Math.min(box.left + at.x + 12, innerWidth - width - 8))
    const below = box.top + at.y + 16
    const top = below + height + 8 > innerHeight ? box.top + at.y - height - 8 : below
    this.#tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }

  #tell(
    point: Point,
    scene: Scene,
    places: readonly LanePlace[],
    width: number,
    { from, to }: Extent,
  ): Told | undefined {
    const key = (this.#cursor?.place ?? placeAt(places, point.y))?.key
    const process = key && processOf(scene, key.process)
    const history = key && process?.history(key.id)
    if (!process || !history) return undefined
    const perPixel = (to - from) / Math.max(1, width)
    const time = this.#cursor?.at ?? from + point.x * perPixel
    const story = this.#cursor
      ? segmentStory(process, history, Math.max(history.first, history.segmentAt(time)), scene.at)
      : storyOf(process, history, time - reach * perPixel, time + reach * perPixel, scene.at)
    const far = this.#cursor ? reachOfCursor : markReach * perPixel
    const also = nearby(process, key.id, time - far, time + far).join('\n')
    return story && { ...story, thread: key.name, also }
  }
}

/** What happened at the moment that the keyboard came to, in ms around it. */
const reachOfCursor = 0.001
