import type { SoundMeasurement } from '../session/sound/sound-link.ts'
import { levelShare, spectrumBars } from './spectrum-bars.ts'

/** Where and how to paint. */
export interface SoundPicture {
  /** Pixels of the canvas. */
  readonly width: number
  readonly height: number
  /** Pixels of the canvas in one CSS pixel. */
  readonly pixel: number
  readonly colours: { readonly sound: string; readonly loud: string }
}

/** CSS pixels. */
const barWidth = 6
const barGap = 2
const levelHeight = 3
const levelGap = 2

/** An amplitude from which a level counts as full scale. */
const fullScale = 0.999

/** Paints the spectrum, and below it the level of the left and of the right channel. */
export function paintSound(
  context: CanvasRenderingContext2D,
  picture: SoundPicture,
  meter: SoundMeasurement,
): void {
  const { width, height, pixel, colours } = picture
  context.clearRect(0, 0, width, height)
  context.fillStyle = colours.sound
  const levels = meter.levels()
  const levelsHeight = levels.length * (levelHeight + levelGap) * pixel
  const step = (barWidth + barGap) * pixel
  const bars = spectrumBars(meter.spectrum(), meter.maxFrequency, Math.max(1, Math.floor(width / step)))
  const room = height - levelsHeight - levelGap * pixel
  bars.forEach((share, bar) => {
    const barHeight = Math.max(pixel, share * room)
    context.fillRect(bar * step, room - barHeight, barWidth * pixel, barHeight)
  })
  levels.forEach(({ peak, mean }, channel) => {
    const top = height - levelsHeight + (channel * (levelHeight + levelGap) + levelGap) * pixel
    context.fillStyle = colours.sound
    context.fillRect(0, top, levelShare(mean) * width, levelHeight * pixel)
    // The peak is a mark beyond the mean.
    context.fillStyle = peak >= fullScale ? colours.loud : colours.sound
    context.fillRect(levelShare(peak) * width - 2 * pixel, top, 2 * pixel, levelHeight * pixel)
  })
}
