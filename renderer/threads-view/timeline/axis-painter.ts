import { type Extent, formatTick, tickStep } from './viewport.ts'

/** The minimum distance of two labels, in CSS pixels. */
const minLabelSpacing = 84

/** Labels nearer to an edge than this are beside their line instead of centred on it. */
const edgeMargin = 28

/** Updates the axis: labels relative to the newest moment, and lines through the plot. */
export class AxisPainter {
  readonly #axis: HTMLElement
  readonly #plot: HTMLElement
  readonly #labels: HTMLElement[] = []
  #shown = ''

  constructor(axis: HTMLElement, plot: HTMLElement) {
    this.#axis = axis
    this.#plot = plot
  }

  paint({ from, to }: Extent, span: number, newest: number, width: number): void {
    // Following the present moves nothing here, because all labels are relative to it.
    const late = to - newest
    const shown = `${late} ${span} ${width}`
    if (shown === this.#shown || width === 0) return
    this.#shown = shown
    const step = tickStep(span, width, minLabelSpacing)
    const first = Math.ceil((from - newest) / step - 1e-6)
    const last = Math.floor(late / step + 1e-6)
    const positionOf = (tick: number): number => width + ((tick * step - late) / span) * width
    let label = 0
    for (let tick = first; tick <= last; tick++)
      this.#set(label++, formatTick(tick * step, step), positionOf(tick), width)
    for (const rest of this.#labels.slice(label)) rest.hidden = true
    this.#plot.style.setProperty('--step', `${(step / span) * width}px`)
    this.#plot.style.setProperty('--first', `${positionOf(first)}px`)
  }

  #set(index: number, text: string, x: number, width: number): void {
    const label = this.#labels[index] ?? this.#add()
    label.hidden = false
    label.textContent = text
    const shift = x < edgeMargin ? '0%' : x > width - edgeMargin ? '-100%' : '-50%'
    label.style.transform = `translateX(${x.toFixed(1)}px) translateX(${shift})`
  }

  #add(): HTMLElement {
    const label = document.createElement('span')
    this.#axis.append(label)
    this.#labels.push(label)
    return label
  }
}
