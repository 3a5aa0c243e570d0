import { threadColour } from './thread-colour.ts'

/** A thread and the line of a listing that it is on, if any. */
export interface ThreadLine {
  readonly id: number
  readonly name: string
  readonly line: number | undefined
}

interface ThreadMark {
  readonly element: HTMLElement
  line: number | undefined
}

/** Shows each thread's name at the line it is on. Changes only the marks that moved. */
export class LineMarkPainter {
  readonly #lineElements: readonly Element[]
  readonly #marks = new Map<number, ThreadMark>()
  readonly #markClass: string

  /** `root` is the listing. Its lines are the elements with `data-line`, which contain one with `data-marks`. */
  constructor(root: Element, markClass: string) {
    this.#lineElements = [...root.querySelectorAll('[data-line]')]
    this.#markClass = markClass
  }

  paint(threads: readonly ThreadLine[]): void {
    for (const [index, thread] of threads.entries()) {
      const mark = this.#getOrCreateMark(thread, index)
      if (mark.line !== thread.line) this.#move(mark, thread.line)
    }
    for (const [id, mark] of this.#marks) {
      if (threads.some((thread) => thread.id === id)) continue
      this.#move(mark, undefined)
      this.#marks.delete(id)
    }
  }

  #getOrCreateMark({ id, name }: ThreadLine, index: number): ThreadMark {
    const known = this.#marks.get(id)
    if (known !== undefined) return known
    const element = document.createElement('span')
    element.className = this.#markClass
    element.textContent = name
    element.style.setProperty('--thread', threadColour(index))
    const mark = { element, line: undefined }
    this.#marks.set(id, mark)
    return mark
  }

  #move(mark: ThreadMark, line: number | undefined): void {
    const before = this.#lineElement(mark.line)
    const after = this.#lineElement(line)
    mark.line = line
    const marks = after?.querySelector('[data-marks]')
    if (marks) marks.append(mark.element)
    else mark.element.remove()
    for (const row of [before, after])
      row?.toggleAttribute('data-running', row.querySelector('[data-marks]')?.hasChildNodes() ?? false)
  }

  #lineElement(line: number | undefined): Element | undefined {
    return line === undefined ? undefined : this.#lineElements[line - 1]
  }
}
