import { threadColour } from './thread-colour.ts'

/** A thread and the line of a listing that it is on; undefined where it is on none. */
export interface LineOfThread {
  readonly id: number
  readonly name: string
  readonly line: number | undefined
}

interface Chip {
  readonly element: HTMLElement
  line: number | undefined
}

/** Puts each thread's name at the line it is on. It touches only what changed. */
export class CodePainter {
  readonly #lines: readonly Element[]
  readonly #chips = new Map<number, Chip>()
  readonly #chipClass: string

  /** `root`: the listing, whose lines are the elements with `data-line`, each with one for marks in it. */
  constructor(root: Element, chipClass: string) {
    this.#lines = [...root.querySelectorAll('[data-line]')]
    this.#chipClass = chipClass
  }

  paint(threads: readonly LineOfThread[]): void {
    for (const [place, thread] of threads.entries()) {
      const chip = this.#chipOf(thread, place)
      if (chip.line !== thread.line) this.#move(chip, thread.line)
    }
    for (const [id, chip] of this.#chips) {
      if (threads.some((thread) => thread.id === id)) continue
      this.#move(chip, undefined)
      this.#chips.delete(id)
    }
  }

  #chipOf({ id, name }: LineOfThread, place: number): Chip {
    const known = this.#chips.get(id)
    if (known !== undefined) return known
    const element = document.createElement('span')
    element.className = this.#chipClass
    element.textContent = name
    element.style.setProperty('--thread', threadColour(place))
    const chip = { element, line: undefined }
    this.#chips.set(id, chip)
    return chip
  }

  #move(chip: Chip, line: number | undefined): void {
    const before = this.#line(chip.line)
    const after = this.#line(line)
    chip.line = line
    const marks = after?.querySelector('[data-marks]')
    if (marks) marks.append(chip.element)
    else chip.element.remove()
    for (const row of [before, after])
      row?.toggleAttribute('data-running', row.querySelector('[data-marks]')?.hasChildNodes() ?? false)
  }

  #line(line: number | undefined): Element | undefined {
    return line === undefined ? undefined : this.#lines[line - 1]
  }
}
