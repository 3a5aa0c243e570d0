import type { TrackId } from '../../shared/library/track.ts'
import type { DatabaseClient } from './database/database-client.ts'
import type { ListeningHistory } from './database/requests/track-history.ts'

/** Stores plays and ratings. */
export class TrackHistories {
  readonly #database: Pick<DatabaseClient, 'request'>
  readonly #onChange: (histories: readonly ListeningHistory[]) => void

  /** `onChange` receives the new histories of tracks whose play or rating was stored. */
  constructor(
    database: Pick<DatabaseClient, 'request'>,
    onChange: (histories: readonly ListeningHistory[]) => void,
  ) {
    this.#database = database
    this.#onChange = onChange
  }

  /** Counts a play, now. If the database's thread dies with it, another thread counts it. */
  async recordPlay(id: TrackId): Promise<void> {
    const play = { id, at: Date.now() }
    const histories = await this.#database
      .request('recordPlay', play)
      .catch(() => this.#database.request('recordPlay', play))
    this.#onChange(histories)
  }

  /** 0 removes the ratings. */
  async rate(ids: readonly TrackId[], rating: number): Promise<void> {
    this.#onChange(await this.#database.request('rateTracks', { ids, rating }))
  }
}
