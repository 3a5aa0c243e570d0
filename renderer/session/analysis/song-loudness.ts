import type { HostApi } from '../../../shared/host-api.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import type { MeasuredLoudness } from '../../../shared/sound/loudness/gain.ts'
import { useWindow } from '../../store/window-store.ts'

/** Milliseconds for which a song waits until it is known how loud it is. */
const maxWait = 100
/** Songs whose loudness is remembered. */
const maxKnown = 100

/** What the host has measured of the songs that play. */
export class SongLoudness {
  readonly #host: Pick<HostApi, 'trackLoudness'>
  readonly #measured = new Map<TrackId, MeasuredLoudness>()

  constructor(host: Pick<HostApi, 'trackLoudness'>) {
    this.#host = host
  }

  /** Call it before a song begins. Resolves when its loudness is known if that is needed, at the latest after 100 ms. */
  async prepare(track: TrackId): Promise<void> {
    if (useWindow.getState().sound.gainMode === 'off') return
    const measured = this.#host.trackLoudness(track).then(
      (loudness) => this.#remember(track, loudness),
      // The tags are enough to play it.
      () => undefined,
    )
    await Promise.race([measured, new Promise((resolve) => setTimeout(resolve, maxWait))])
  }

  of(track: TrackId): MeasuredLoudness | undefined {
    return this.#measured.get(track)
  }

  #remember(track: TrackId, loudness: MeasuredLoudness | undefined): void {
    this.#measured.delete(track)
    if (loudness !== undefined) this.#measured.set(track, loudness)
    const [oldest] = this.#measured.keys()
    if (this.#measured.size > maxKnown && oldest !== undefined) this.#measured.delete(oldest)
  }
}
