import { seededRandom } from '../../scripts/seeded-random.ts'

/** The cover's width and height in pixels. */
export const coverSize = 600

type Colour = readonly [number, number, number]

interface Strand {
  readonly colour: Colour
  /** Where it begins in its swing, in turns. */
  readonly turn: number
}

const strands: readonly Strand[] = [
  { colour: [1, 0.42, 0.27], turn: 0 },
  { colour: [0.98, 0.86, 0.66], turn: 1 / 3 },
  { colour: [0.16, 0.62, 0.66], turn: 2 / 3 },
]
const threadsPerStrand = 46
const steps = 1500

interface Thread extends Strand {
  readonly offset: number
  readonly wobble: number
  readonly phase: number
  readonly light: number
}

/**
 * Three strands of many fine threads, plaited from corner to corner: width × height × 3 bytes of RGB. What lies behind is darker,
 * what lies in front covers it.
 */
export function drawCover(): Uint8Array {
  const picture = createBackground()
  const random = seededRandom(2026)
  const threads: Thread[] = strands.flatMap((strand) =>
    Array.from({ length: threadsPerStrand }, () => ({
      ...strand,
      offset: (random() + random() - 1) * 0.9,
      wobble: 0.04 + random() * 0.1,
      phase: random() * 2 * Math.PI,
      light: 0.45 + random() * 0.75,
    })),
  )
  const pieces = threads.flatMap((thread) =>
    Array.from({ length: steps }, (_, step) => pointOfThread(thread, step / (steps - 1))),
  )
  pieces.sort((one, other) => one.depth - other.depth)
  for (const { x, y, depth, colour, light } of pieces) {
    const shade = light * (0.5 + 0.5 * ((depth + 1.2) / 2.2))
    paintDot(picture, x, y, 1.05 + 0.35 * depth, colour, shade, 0.5)
  }
  return Uint8Array.from(picture, (value) => Math.round(255 * Math.min(1, Math.max(0, value)) ** (1 / 2.2)))
}

/** One point of a thread at `along`, 0 … 1, in pixels; depth −1 (behind) … 1 (in front). */
function pointOfThread(thread: Thread, along: number) {
  const swing = 2 * Math.PI * (along * 1.5 + thread.turn)
  const spread = 1 + 1.7 * Math.abs(2 * along - 1) ** 3.2 // the ends come loose
  const round = thread.wobble * Math.sin(along * 21 + thread.phase)
  const across = 0.185 * Math.sin(swing) + 0.052 * spread * (thread.offset + round)
  const centre = along * 1.5 - 0.25
  return {
    x: (centre + across * 0.78) * coverSize,
    y: (1 - centre + across * 0.78) * coverSize,
    depth: Math.cos(swing + thread.turn * 0.001) * 0.85 + thread.offset * 0.12,
    colour: thread.colour,
    light: thread.light,
  }
}

/** Lays a soft round dot of paint over the picture. */
function paintDot(
  picture: Float32Array,
  x: number,
  y: number,
  radius: number,
  colour: Colour,
  shade: number,
  cover: number,
): void {
  for (let row = Math.floor(y - 2); row <= Math.ceil(y + 2); row++) {
    for (let column = Math.floor(x - 2); column <= Math.ceil(x + 2); column++) {
      if (row < 0 || column < 0 || row >= coverSize || column >= coverSize) continue
      const far = Math.hypot(column - x, row - y)
      const paint = cover * Math.min(1, Math.max(0, radius + 0.5 - far))
      if (paint === 0) continue
      const at = (row * coverSize + column) * 3
      for (const [channel, value] of colour.entries()) {
        picture[at + channel] = (picture[at + channel] ?? 0) * (1 - paint) + value ** 2.2 * shade * paint
      }
    }
  }
}

/** Night blue, a little lighter where the strands cross it. Values are linear light, 0 … 1. */
function createBackground(): Float32Array {
  const picture = new Float32Array(coverSize * coverSize * 3)
  for (let row = 0; row < coverSize; row++) {
    for (let column = 0; column < coverSize; column++) {
      const far = Math.hypot(column - coverSize / 2, row - coverSize / 2) / coverSize
      const light = Math.exp(-5 * far * far)
      picture.set(
        [0.006 + 0.012 * light, 0.007 + 0.01 * light, 0.014 + 0.026 * light],
        (row * coverSize + column) * 3,
      )
    }
  }
  return picture
}
