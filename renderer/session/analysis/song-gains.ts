import type { HostApi } from '../../../shared/host-api.ts'
import type { Track, TrackId } from '../../../shared/library/track.ts'
import { isAlbumInOrder } from '../../../shared/sound/loudness/album-order.ts'
import { gainOf, type MeasuredLoudness } from '../../../shared/sound/loudness/gain.ts'
import { findTrack, useWindow } from '../../store/window-store.ts'

/** Milliseconds for which a song waits until it is known how loud it is. */
const maxWait = 100
/** Songs whose loudness is remembered: those of Up next are requested before they play. */
const maxKnown = 100

/** How much louder or quieter each song plays, by the sound settings, its tags and what was measured. */
export class SongGains {
  readonly #host: Pick<HostApi, 'trackLoudness'>
  readonly #measured = new Map<TrackId, MeasuredLoudness>()
  /** The songs that were prepared last, the newest one at the end. */
  #sequence: TrackId[] = []

  constructor(host: Pick<HostApi, 'trackLoudness'>) {
    this.#host = host
  }

  /** Call it before a song begins. Resolves when its loudness is known, at the latest after 100 ms. */
  async prepare(track: TrackId): Promise<void> {
    if (this.#sequence.at(-1) !== track) this.#sequence = [...this.#sequence.slice(-2), track]
    if (useWindow.getState().sound.gainMode === 'off') return
    const measured = this.#host.trackLoudness(track).then(
      (loudness) => this.#remember(track, loudness),
      // The tags are enough to play it.
      () => undefined,
    )
    await Promise.race([measured, new Promise((resolve) => setTimeout(resolve, maxWait))])
  }

  /** Returns the factor for the samples of a song. */
  factorOf(track: TrackId): number {
    const { sound } = useWindow.getState()
    const record = trackOf(track)
    const isInOrder = record !== undefined && this.#isInOrder(record)
    const tags = { replayGain: record?.replayGain }
    return gainOf(tags, isInOrder, sound, this.#measured.get(track)).factor
  }

  /** Whether the song before or the one after it is its neighbour on the album. */
  #isInOrder(track: Track): boolean {
    const { upNext, player } = useWindow.getState()
    if (player.shuffle) return false
    const index = this.#sequence.lastIndexOf(track.id)
    const previous = index < 0 ? this.#sequence.at(-1) : this.#sequence[index - 1]
    const next = upNext[upNext.indexOf(track.id) + 1]
    return isAlbumInOrder(trackOf(previous), track, trackOf(next))
  }

  #remember(track: TrackId, loudness: MeasuredLoudness | undefined): void {
    this.#measured.delete(track)
    if (loudness !== undefined) this.#measured.set(track, loudness)
    const [oldest] = this.#measured.keys()
    if (this.#measured.size > maxKnown && oldest !== undefined) this.#measured.delete(oldest)
  }
}

const trackOf = (id: TrackId | undefined): Track | undefined =>
  id === undefined ? undefined : findTrack(useWindow.getState(), id)
