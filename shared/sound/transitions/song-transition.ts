import type { Track } from '../../library/track.ts'
import { followsOnAlbum } from '../loudness/album-order.ts'
import type { SongTransition } from '../playing/decoder-messages.ts'
import type { SoundSettings } from '../sound-settings.ts'

/**
 * Returns how a song follows another one. Consecutive tracks of an album belong together, and a song that is repeated
 * begins again.
 */
export function transitionBetween(
  track: Track,
  next: Track,
  { crossfade, crossfadeWithinAlbums }: Pick<SoundSettings, 'crossfade' | 'crossfadeWithinAlbums'>,
): SongTransition {
  const belongTogether = track.id === next.id || (!crossfadeWithinAlbums && followsOnAlbum(track, next))
  return crossfade > 0 && !belongTogether ? { kind: 'crossfade', seconds: crossfade } : { kind: 'gapless' }
}
