/** Colours as eyes see them, for tests of the tokens. */

/** Red, green, blue, each 0 … 1, as the screen takes them. */
export type Colour = readonly [number, number, number]

export function fromHex(hex: string): Colour {
  const digits = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(hex)
  if (!digits) throw new Error(`"${hex}" is not a colour`)
  return map((index) => Number.parseInt(digits[index + 1] ?? '', 16) / 255)
}

/** The three kinds of colour blindness, whole (severity 1). */
export type Blindness = 'protanopia' | 'deuteranopia' | 'tritanopia'

/**
 * Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency" (2009):
 * their matrices of severity 1, over linear light.
 */
const matrices: Readonly<Record<Blindness, readonly (readonly number[])[]>> = {
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
}

/** How a colour looks to somebody who is colour-blind. */
export function seenWith(blindness: Blindness, colour: Colour): Colour {
  const light = colour.map(toLinear)
  const matrix = matrices[blindness]
  return map((row) => toScreen(sum((column) => (matrix[row]?.[column] ?? 0) * (light[column] ?? 0))))
}

/** The contrast of two colours by WCAG 2: 1 … 21. */
export function contrast(one: Colour, other: Colour): number {
  const [dark, bright] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return ((bright ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

/** How different two colours look, by CIEDE2000: about 1 is just seen, 10 is seen at a glance. */
export const difference = (one: Colour, other: Colour): number => labDifference(toLab(one), toLab(other))

/** The same for lightness, a and b of CIELAB. */
export function labDifference([l1, a1, b1]: Colour, [l2, a2, b2]: Colour): number {
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2
  const stretch = 1 + 0.5 * (1 - Math.sqrt(meanChroma ** 7 / (meanChroma ** 7 + 25 ** 7)))
  const [c1, c2] = [Math.hypot(a1 * stretch, b1), Math.hypot(a2 * stretch, b2)]
  const [h1, h2] = [hue(a1 * stretch, b1), hue(a2 * stretch, b2)]
  const turn = c1 * c2 === 0 ? 0 : ((h2 - h1 + 540) % 360) - 180
  const [dl, dc, dh] = [l2 - l1, c2 - c1, 2 * Math.sqrt(c1 * c2) * Math.sin(radians(turn / 2))]
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2]
  const h = c1 * c2 === 0 ? h1 + h2 : (h1 + turn / 2 + 360) % 360
  const t =
    1 - 0.17 * cosine(h - 30) + 0.24 * cosine(2 * h) + 0.32 * cosine(3 * h + 6) - 0.2 * cosine(4 * h - 63)
  const sl = 1 + (0.015 * (l - 50) ** 2) / Math.sqrt(20 + (l - 50) ** 2)
  const sc = 1 + 0.045 * c
  const sh = 1 + 0.015 * c * t
  const rotation =
    -2 * Math.sqrt(c ** 7 / (c ** 7 + 25 ** 7)) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))))
  return Math.sqrt((dl / sl) ** 2 + (dc / sc) ** 2 + (dh / sh) ** 2 + rotation * (dc / sc) * (dh / sh))
}

function toLab(colour: Colour): Colour {
  const [r = 0, g = 0, b = 0] = colour.map(toLinear)
  const x = bend((0.4124564 * r + 0.3575761 * g + 0.1804375 * b) / 0.95047)
  const y = bend(0.2126729 * r + 0.7151522 * g + 0.072175 * b)
  const z = bend((0.0193339 * r + 0.119192 * g + 0.9503041 * b) / 1.08883)
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)]
}

const bend = (value: number): number =>
  value > 216 / 24389 ? Math.cbrt(value) : (value * 24389) / 27 / 116 + 16 / 116

function luminance(colour: Colour): number {
  const [r = 0, g = 0, b = 0] = colour.map(toLinear)
  return 0.2126 * r + 0.7152 * g + 0.0722 * b
}

const toLinear = (value: number): number =>
  value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4

function toScreen(light: number): number {
  const value = Math.min(1, Math.max(0, light))
  return value <= 0.0031308 ? value * 12.92 : 1.055 * value ** (1 / 2.4) - 0.055
}

const map = (make: (index: number) => number): Colour => [make(0), make(1), make(2)]
const sum = (of: (index: number) => number): number => of(0) + of(1) + of(2)
const radians = (degrees: number): number => (degrees * Math.PI) / 180
const cosine = (degrees: number): number => Math.cos(radians(degrees))
const hue = (a: number, b: number): number => ((Math.atan2(b, a) * 180) / Math.PI + 360) % 360
