import type { HostEvent } from '../../shared/host-api.ts'
import { parseStoredTracks } from '../../shared/library/stored-track.ts'
import type { Track } from '../../shared/library/track.ts'

/** Returns the tracks that an event adds to the library or replaces there. */
export function tracksOfEvent(event: HostEvent): readonly Track[] {
  if (event.kind === 'storedTracks') return parseStoredTracks(event)
  return event.kind === 'tracks' ? event.tracks : []
}
