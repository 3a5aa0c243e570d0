import type { TrackHistory, TrackId } from '../../../../shared/library/track.ts'
import type { Database } from '../sqlite/sqlite.ts'

/** What a play or a rating changes of a track. */
export type ListeningHistory = Pick<TrackHistory, 'rating' | 'playCount' | 'lastPlayedAt'> & {
  readonly id: TrackId
}

export const trackHistoryRequests = {
  /**
   * Counts a play at a time in milliseconds since 1970. The same time twice is one play: a request can be repeated.
   * Returns an empty list if the track is not known.
   */
  recordPlay(database: Database, { id, at }: { id: TrackId; at: number }): ListeningHistory[] {
    database.run(
      `UPDATE track SET play_count = play_count + 1, last_played_at = max(?, ifnull(last_played_at, 0))
       WHERE id = ? AND last_played_at IS NOT ?`,
      at,
      id,
      at,
    )
    return readHistories(database, [id])
  },

  /** Rates tracks; 0 removes their rating. Tracks that are not known are left out of the result. */
  rateTracks(
    database: Database,
    { ids, rating }: { ids: readonly TrackId[]; rating: number },
  ): ListeningHistory[] {
    return database.transaction(() => {
      for (const id of ids)
        database.run('UPDATE track SET rating = ? WHERE id = ?', rating === 0 ? null : rating, id)
      return readHistories(database, ids)
    })
  },
}

function readHistories(database: Database, ids: readonly TrackId[]): ListeningHistory[] {
  const statement = database.prepare('SELECT id, rating, play_count, last_played_at FROM track WHERE id = ?')
  return ids.flatMap((id) => {
    const row = statement.get<HistoryRow>(id)
    if (row === undefined) return []
    return {
      id: row.id,
      rating: row.rating ?? undefined,
      playCount: row.play_count,
      lastPlayedAt: row.last_played_at ?? undefined,
    }
  })
}

interface HistoryRow {
  readonly id: number
  readonly rating: number | null
  readonly play_count: number
  readonly last_played_at: number | null
}
