/** A canvas in memory that knows rectangles and the moving of its picture, which is all that lanes are painted with. */
export class PixelCanvas {
  readonly style: Record<string, string> = {}
  #width = 0
  #height = 0
  #pixels: string[] = []
  readonly #context = new PixelContext(this)

  /** As a painter takes it. */
  get element(): HTMLCanvasElement {
    return this as unknown as HTMLCanvasElement
  }

  get width(): number {
    return this.#width
  }

  set width(width: number) {
    this.#width = width
    this.#clear()
  }

  get height(): number {
    return this.#height
  }

  set height(height: number) {
    this.#height = height
    this.#clear()
  }

  getContext(): PixelContext {
    return this.#context
  }

  /** The colours of what is shown at a height, from left to right: the canvas is moved by its style. */
  row(y: number, width: number): string[] {
    const moved = Number(/translateX\((-?[\d.]+)px\)/.exec(this.style.transform ?? '')?.[1] ?? 0)
    return Array.from({ length: width }, (_, x) => this.#pixels[y * this.#width + x - moved] ?? '')
  }

  set(x: number, y: number, colour: string): void {
    if (x >= 0 && x < this.#width && y >= 0 && y < this.#height) this.#pixels[y * this.#width + x] = colour
  }

  shift(by: number): void {
    const before = [...this.#pixels]
    this.#clear()
    for (let y = 0; y < this.#height; y++) {
      for (let x = 0; x < this.#width; x++) this.set(x + by, y, before[y * this.#width + x] ?? '')
    }
  }

  #clear(): void {
    this.#pixels = Array.from({ length: this.#width * this.#height }, () => '')
  }
}

/** The part of a context that the lanes' painter uses. */
class PixelContext {
  fillStyle = ''
  globalAlpha = 1
  globalCompositeOperation = ''
  #top = 0
  readonly #canvas: PixelCanvas

  constructor(canvas: PixelCanvas) {
    this.#canvas = canvas
  }

  setTransform(_a: number, _b: number, _c: number, _d: number, _e: number, top: number): void {
    this.#top = top
  }

  fillRect(x: number, y: number, width: number, height: number): void {
    this.#each(
      x,
      y,
      width,
      height,
      this.globalAlpha === 1 ? this.fillStyle : `${this.fillStyle} ${this.globalAlpha}`,
    )
  }

  clearRect(x: number, y: number, width: number, height: number): void {
    this.#each(x, y, width, height, '')
  }

  drawImage(_canvas: unknown, by: number): void {
    this.#canvas.shift(by)
  }

  #each(x: number, y: number, width: number, height: number, colour: string): void {
    const top = Math.round(y + this.#top)
    for (let row = top; row < Math.round(y + height + this.#top); row++) {
      for (let column = Math.round(x); column < Math.round(x + width); column++)
        this.#canvas.set(column, row, colour)
    }
  }
}
