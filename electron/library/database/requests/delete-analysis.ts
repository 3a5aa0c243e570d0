import type { TrackId } from '../../../../shared/library/track.ts'
import type { Database } from '../sqlite/sqlite.ts'

export function deleteAnalysis(database: Database, id: TrackId): void {
  database.run('DELETE FROM loudness WHERE track_id = ?', id)
  database.run('DELETE FROM waveform WHERE track_id = ?', id)
}
