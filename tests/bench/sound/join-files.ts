import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ffmpeg } from '../../../scripts/ffmpeg.ts'

export interface JoinFormat {
  readonly name: string
  readonly extension: string
  readonly contentType: string
  readonly rate: number
  readonly options: readonly string[]
  /** The frames that may be missing or added. */
  readonly tolerance: number
}

const format = (
  name: string,
  extension: string,
  options: readonly string[],
  more: Partial<JoinFormat> = {},
) => ({
  name,
  extension,
  contentType: `audio/${name}`,
  rate: 44_100,
  options,
  tolerance: 1,
  ...more,
})

export const joinFormats: readonly JoinFormat[] = [
  format('aac', 'm4a', ['-c:a', 'aac', '-b:a', '192k'], { contentType: 'audio/mp4' }),
  format('alac', 'm4a', ['-c:a', 'alac'], { contentType: 'audio/mp4', tolerance: 0 }),
  format('flac', 'flac', ['-c:a', 'flac'], { tolerance: 0 }),
  format('mp3', 'mp3', ['-c:a', 'libmp3lame', '-b:a', '192k'], { contentType: 'audio/mpeg' }),
  format('opus', 'opus', ['-c:a', 'libopus', '-b:a', '128k'], { contentType: 'audio/ogg', rate: 48_000 }),
  format('vorbis', 'ogg', ['-c:a', 'libvorbis', '-q:a', '6'], { contentType: 'audio/ogg' }),
  format('wav', 'wav', ['-c:a', 'pcm_s16le'], { tolerance: 0 }),
]

/** The sine has 441 frames in a period at 44.1 kHz. */
export const joinHertz = 100
/** Odd lengths: neither a whole number of periods nor of an encoder's frames. */
const halfFrames = [70_001, 66_011] as const
export const joinFrames: number = halfFrames[0] + halfFrames[1]

/** Long enough to begin with the next format before it is over. */
const silenceSeconds = 6

const pathOf = (folder: string, { name, extension }: JoinFormat, number: number): string =>
  join(folder, name, `${number}.${extension}`)

/** Returns the files of the two halves. */
export const joinFiles = (folder: string, one: JoinFormat): readonly Buffer[] =>
  [1, 2].map((number) => readFileSync(pathOf(folder, one, number)))

/**
 * Makes an album for each format: two halves of one sine, and silence. Their titles are `flac 1`, `flac 2` and
 * `flac 3`.
 */
export function makeJoinFiles(folder: string): void {
  for (const one of joinFormats) {
    mkdirSync(join(folder, one.name), { recursive: true })
    const halves = [sine(one.rate, 0, halfFrames[0]), sine(one.rate, halfFrames[0], halfFrames[1])]
    for (const [index, samples] of [...halves, new Int16Array(silenceSeconds * one.rate)].entries())
      encode(pathOf(folder, one, index + 1), one, index + 1, samples)
  }
}

function sine(rate: number, from: number, count: number): Int16Array {
  return Int16Array.from({ length: count }, (_, index) =>
    Math.round(16_000 * Math.sin((2 * Math.PI * joinHertz * (from + index)) / rate)),
  )
}

function encode(
  path: string,
  { name, rate, options }: JoinFormat,
  number: number,
  samples: Int16Array,
): void {
  const tags = { title: `${name} ${number}`, album: `Join ${name}`, artist: 'Sine', track: String(number) }
  ffmpeg(
    [
      ...['-f', 's16le', '-ar', String(rate), '-ac', '1', '-i', 'pipe:0'],
      ...Object.entries(tags).flatMap(([key, value]) => ['-metadata', `${key}=${value}`]),
      ...options,
      path,
    ],
    new Uint8Array(samples.buffer),
  )
}
