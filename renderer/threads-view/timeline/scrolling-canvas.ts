/** The number of columns of the canvas beyond those that are shown. */
const spareColumns = 64

/**
 * A canvas whose picture moves to the left, column by column. It is wider than its visible part and moved by a style, so
 * that each step draws only new columns. When the spare columns are used up, the picture is moved within the canvas. A
 * column is as wide as a CSS pixel; its number belongs to its time.
 */
export class ScrollingCanvas {
  readonly element: HTMLCanvasElement
  readonly context: CanvasRenderingContext2D
  #scale = 1
  #columnCount = 1
  /** The column at the canvas's left edge. */
  #left = 0
  #transform = ''

  constructor(element: HTMLCanvasElement) {
    const context = element.getContext('2d')
    if (!context) throw new Error('This browser has no canvas to draw on.')
    this.element = element
    this.context = context
  }

  /** The number of visible columns. */
  get columnCount(): number {
    return this.#columnCount
  }

  /** Takes sizes in CSS pixels. Returns whether the picture is lost. */
  resize(width: number, height: number, pixelRatio: number): boolean {
    this.#scale = Math.max(1, Math.round(pixelRatio))
    this.#columnCount = Math.max(1, Math.floor(width))
    const wide = (this.#columnCount + spareColumns) * this.#scale
    const high = Math.max(1, Math.round(height)) * this.#scale
    if (this.element.width === wide && this.element.height === high) return false
    this.element.width = wide
    this.element.height = high
    this.element.style.width = `${this.#columnCount + spareColumns}px`
    return true
  }

  /** Clears the picture, and shows the columns from `oldest` on. */
  clear(oldest: number): void {
    this.context.setTransform(1, 0, 0, 1, 0, 0)
    this.context.clearRect(0, 0, this.element.width, this.element.height)
    this.#left = oldest
    this.#applyTransform(oldest)
  }

  /** Shows the columns from `oldest` on. Columns that were drawn stay. */
  scroll(oldest: number): void {
    if (oldest > this.#left + spareColumns) {
      this.context.setTransform(1, 0, 0, 1, 0, 0)
      this.context.globalCompositeOperation = 'copy'
      this.context.drawImage(this.element, (this.#left - oldest) * this.#scale, 0)
      this.context.globalCompositeOperation = 'source-over'
      this.#left = oldest
    }
    this.#applyTransform(oldest)
  }

  /** Makes the context draw in CSS pixels, `top` below the upper edge. */
  begin(top: number): void {
    this.context.setTransform(this.#scale, 0, 0, this.#scale, 0, top * this.#scale)
  }

  /** Returns the position of a column in the context. */
  x(column: number): number {
    return column - this.#left
  }

  #applyTransform(oldest: number): void {
    const transform = `translateX(${this.#left - oldest}px)`
    if (transform === this.#transform) return
    this.#transform = transform
    this.element.style.transform = transform
  }
}
