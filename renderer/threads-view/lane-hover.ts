import { type LanePlace, placeAt } from './lane-layout.ts'
import { type Story, storyOf } from './lane-story.ts'
import { part, type TextCell, textPart } from './text-cell.ts'
import { processOf, type Scene } from './threads-model.ts'

/** How far from the pointer a state is still meant, in CSS pixels. */
const reach = 3

interface Point {
  readonly x: number
  readonly y: number
}

/** The hair line under the pointer, and what it points at in words. */
export class LaneHover {
  readonly #line: HTMLElement
  readonly #tip: HTMLElement
  readonly #state: TextCell
  readonly #cause: TextCell
  readonly #when: TextCell
  #shown = false
  /** The hair line is shown. */
  #pointing = false
  #at: Point | undefined

  constructor(root: Element) {
    this.#line = part(root, 'hair')
    this.#tip = part(root, 'tip')
    this.#state = textPart(root, 'tip-state')
    this.#cause = textPart(root, 'tip-cause')
    this.#when = textPart(root, 'tip-when')
  }

  /** In CSS pixels from the lanes' corner; undefined when the pointer left. */
  moveTo(at: Point | undefined): void {
    this.#at = at
  }

  paint(scene: Scene, places: readonly LanePlace[], window: HTMLElement, span: number): void {
    if (!this.#at && !this.#pointing) return
    this.#pointing = this.#at !== undefined
    const story = this.#at && this.#story(this.#at, scene, places, window.clientWidth, span)
    this.#line.hidden = this.#at === undefined
    if (this.#at) this.#line.style.transform = `translateX(${this.#at.x}px)`
    if (this.#at && story) this.#show(story, this.#at, window.getBoundingClientRect())
    else if (this.#shown) {
      this.#tip.hidePopover()
      this.#shown = false
    }
  }

  #show(story: Story, at: Point, box: DOMRect): void {
    this.#state.set(story.state)
    this.#cause.set(story.cause)
    this.#when.set(story.when)
    if (!this.#shown) this.#tip.showPopover()
    this.#shown = true
    const { offsetWidth: width, offsetHeight: height } = this.#tip
    const left = Math.min(box.left + at.x + 12, innerWidth - width - 8)
    const below = box.top + at.y + 16
    const top = below + height + 8 > innerHeight ? box.top + at.y - height - 8 : below
    this.#tip.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`
  }

  #story(
    at: Point,
    scene: Scene,
    places: readonly LanePlace[],
    width: number,
    span: number,
  ): Story | undefined {
    const key = placeAt(places, at.y)?.key
    const process = key && processOf(scene, key.process)
    const history = key && process?.history(key.id)
    if (!process || !history) return undefined
    const perPixel = span / Math.max(1, width)
    const time = scene.at - (width - at.x) * perPixel
    return storyOf(process, history, time - reach * perPixel, time + reach * perPixel, scene.at)
  }
}
