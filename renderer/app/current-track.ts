import type { Track } from '../../shared/library/track.ts'
import { knownTrack, useWindow } from './store.ts'

/** The current song, as soon as the library knows it. */
export const useCurrentTrack = (): Track | undefined =>
  useWindow((state) => knownTrack(state, state.player.track))
