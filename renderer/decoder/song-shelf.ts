import type { DecoderSong } from '../../shared/sound/playing/decoder-messages.ts'
import { openSong } from './open-song.ts'
import { SongInput } from './song-input.ts'

/** The songs that stay open without being used: the one that was replaced, and the one that was to follow. */
const maxIdle = 2

/** Opens songs, and keeps those open that were put back: the next seek or Next uses them again. */
export class SongShelf {
  readonly #idle: SongInput[] = []

  async take({ url, path, gain }: DecoderSong): Promise<SongInput> {
    const index = this.#idle.findIndex((song) => song.url === url)
    const [kept] = index < 0 ? [] : this.#idle.splice(index, 1)
    const song = kept ?? new SongInput(url, await openSong(url, path))
    song.gain = gain
    return song
  }

  /** No read or seek of the song may be pending. */
  put(song: SongInput): void {
    this.#idle.push(song)
    while (this.#idle.length > maxIdle) this.#idle.shift()?.close()
  }

  clear(): void {
    for (const song of this.#idle.splice(0)) song.close()
  }
}
