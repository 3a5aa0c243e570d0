import type { Track } from '../../shared/library/track.ts'
import { findTrack, useWindow } from './window-store.ts'

/** The current song, as soon as the library knows it. */
export const useCurrentTrack = (): Track | undefined =>
  useWindow((state) => findTrack(state, state.player.track))
