import { threadColour } from './thread-colour.ts'

/** A thread and the line of a listing that it is on; undefined where it is on none. */
export interface ThreadLine {
  readonly id: number
  readonly name: string
  readonly line: number | undefined
}

interface ThreadMark {
  readonly element: HTMLElement
  line: number | undefined
}

/** Puts each thread's name at the line it is on. It touches only what changed. */
export class LineMarkPainter {
  readonly #lineElements: readonly Element[]
  readonly #marks = new Map<number, ThreadMark>()
  readonly #markClass: string

  /** `root`: the listing, whose lines are the elements with `data-line`, each with one for marks in it. */
  constructor(root: Element, chipClass: string) {
    this.#lineElements = [...root.querySelectorAll('[data-line]')]
    this.#markClass = chipClass
  }

  paint(threads: readonly ThreadLine[]): void {
    for (const [place, thread] of threads.entries()) {
      const chip = this.#getOrCreateMark(thread, place)
      if (chip.line !== thread.line) this.#move(chip, thread.line)
    }
    for (const [id, chip] of this.#marks) {
      if (threads.some((thread) => thread.id === id)) continue
      this.#move(chip, undefined)
      this.#marks.delete(id)
    }
  }

  #getOrCreateMark({ id, name }: ThreadLine, place: number): ThreadMark {
    const known = this.#marks.get(id)
    if (known !== undefined) return known
    const element = document.createElement('span')
    element.className = this.#markClass
    element.textContent = name
    element.style.setProperty('--thread', threadColour(place))
    const chip = { element, line: undefined }
    this.#marks.set(id, chip)
    return chip
  }

  #move(chip: ThreadMark, line: number | undefined): void {
    const before = this.#lineElement(chip.line)
    const after = this.#lineElement(line)
    chip.line = line
    const marks = after?.querySelector('[data-marks]')
    if (marks) marks.append(chip.element)
    else chip.element.remove()
    for (const row of [before, after])
      row?.toggleAttribute('data-running', row.querySelector('[data-marks]')?.hasChildNodes() ?? false)
  }

  #lineElement(line: number | undefined): Element | undefined {
    return line === undefined ? undefined : this.#lineElements[line - 1]
  }
}
