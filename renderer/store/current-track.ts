import type { Track } from '../../shared/library/track.ts'
import { findTrack, useWindow } from './window-store.ts'

/** Returns the current song's track, once the library knows it. */
export const useCurrentTrack = (): Track | undefined =>
  useWindow((state) => findTrack(state, state.player.track))
