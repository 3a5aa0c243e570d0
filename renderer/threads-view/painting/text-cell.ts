/** An element whose text is written only when it changes. */
export class TextCell {
  readonly element: HTMLElement | SVGElement
  #text = ''

  constructor(element: HTMLElement | SVGElement) {
    this.element = element
    element.textContent = ''
  }

  get text(): string {
    return this.#text
  }

  set(text: string): void {
    if (text === this.#text) return
    this.#text = text
    this.element.textContent = text
  }

  setWithTitle(text: string, title = text): void {
    if (text === this.#text) return
    this.set(text)
    this.element.setAttribute('title', title)
  }
}

/** Returns the element below `root` with `data-part="name"`. Throws if there is none. */
export function findPart<T extends HTMLElement | SVGElement = HTMLElement>(root: Element, name: string): T {
  const found = root.querySelector<T>(`[data-part="${name}"]`)
  if (!found) throw new Error(`no part ${name} in the panel`)
  return found
}

export const findTextCell = (root: Element, name: string): TextCell => new TextCell(findPart(root, name))
