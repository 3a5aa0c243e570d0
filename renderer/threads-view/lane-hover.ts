import { type LanePlace, placeAt } from './lane-layout.ts'
import { storyOf } from './lane-story.ts'
import { part, type TextCell, textPart } from './text-cell.ts'
import { processOf, type Scene } from './threads-model.ts'

/** How far from the pointer a state is still meant, in CSS pixels. */
const reach = 3

/** The hair line under the pointer, and what it points at in words. */
export class LaneHover {
  readonly #line: HTMLElement
  readonly #tip: HTMLElement
  readonly #state: TextCell
  readonly #cause: TextCell
  readonly #when: TextCell
  #at: { readonly x: number; readonly y: number } | undefined

  constructor(root: Element) {
    this.#line = part(root, 'hair')
    this.#tip = part(root, 'tip')
    this.#state = textPart(root, 'tip-state')
    this.#cause = textPart(root, 'tip-cause')
    this.#when = textPart(root, 'tip-when')
  }

  /** In CSS pixels from the lanes' corner; undefined when the pointer left. */
  moveTo(at: { readonly x: number; readonly y: number } | undefined): void {
    this.#at = at
  }

  paint(scene: Scene, places: readonly LanePlace[], width: number, span: number): void {
    const story = this.#story(scene, places, width, span)
    this.#line.hidden = this.#at === undefined
    this.#tip.hidden = story === undefined
    if (!this.#at) return
    this.#line.style.transform = `translateX(${this.#at.x}px)`
    if (!story) return
    this.#state.set(story.state)
    this.#cause.set(story.cause)
    this.#when.set(story.when)
    const left = Math.min(this.#at.x + 12, width - this.#tip.offsetWidth - 4)
    this.#tip.style.transform = `translate(${Math.max(4, left)}px, ${this.#at.y + 16}px)`
  }

  #story(scene: Scene, places: readonly LanePlace[], width: number, span: number) {
    if (!this.#at) return undefined
    const key = placeAt(places, this.#at.y)?.key
    const process = key && processOf(scene, key.process)
    const history = key && process?.history(key.id)
    if (!process || !history) return undefined
    const perPixel = span / Math.max(1, width)
    const time = scene.at - (width - this.#at.x) * perPixel
    return storyOf(process, history, time - reach * perPixel, time + reach * perPixel, scene.at)
  }
}
