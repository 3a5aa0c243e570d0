import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeId3Tag } from '../../fixtures/id3-tag.ts'
import { createWaveFile } from '../../fixtures/wave-file.ts'

interface BenchSong {
  readonly title: string
  readonly seconds: number
  /** 0 for silence. */
  readonly hertz: number
}

/** Makes WAV files at 44.1 kHz in this order, on one album. */
export function makeSongs(folder: string, songs: readonly BenchSong[]): void {
  mkdirSync(folder, { recursive: true })
  for (const [index, { title, ...sound }] of songs.entries()) {
    const tag = encodeId3Tag({ title, artist: 'Sine', album: 'Songs', number: index + 1 })
    const name = `${String(index + 1).padStart(4, '0')}.wav`
    writeFileSync(join(folder, name), createWaveFile({ ...sound, sampleRate: 44_100, id3: tag }))
  }
}

export const numbered = (title: string, number: number): string =>
  `${title} ${String(number).padStart(4, '0')}`
