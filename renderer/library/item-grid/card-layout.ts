/** Cards with a large cover, or wide ones with a small cover or none. */
export type CardLayout = 'cover' | 'wide'

interface CardShape {
  readonly columns: number
  /** With the gap, in CSS pixels. */
  readonly rowHeight: number
}

/** CSS pixels, like in item-grid.module.css. */
const margins = 48
const gap = 16
const minWidths: Readonly<Record<CardLayout, number>> = { cover: 148, wide: 240 }
const coverTextHeight = 56
const wideHeight = 64

/** Returns the shape of a grid of this width. */
export function shapeOf(layout: CardLayout, width: number): CardShape {
  const room = Math.max(0, width - margins)
  const columns = Math.max(1, Math.floor((room + gap) / (minWidths[layout] + gap)))
  if (layout === 'wide') return { columns, rowHeight: wideHeight }
  const cardWidth = (room - gap * (columns - 1)) / columns
  return { columns, rowHeight: Math.floor(cardWidth) + coverTextHeight + gap }
}
