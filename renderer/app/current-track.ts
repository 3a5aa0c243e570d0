import type { Track } from '../../shared/library/track.ts'
import { useWindow } from './store.ts'

/** The current song, as soon as the library knows it. */
export const useCurrentTrack = (): Track | undefined =>
  useWindow((state) => state.tracks.get(state.player.track))
