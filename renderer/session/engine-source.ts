import type { HostApi } from '../../shared/host-api.ts'
import type { TrackId } from '../../shared/library/track.ts'
import { isAlbumInOrder } from '../../shared/sound/loudness/album-order.ts'
import { gainOf } from '../../shared/sound/loudness/gain.ts'
import type { SoundSettings } from '../../shared/sound/sound-settings.ts'
import { transitionBetween } from '../../shared/sound/transitions/song-transition.ts'
import type { EngineSource } from '../audio/engine/decoder-link.ts'
import { findTrack, useWindow } from '../store/window-store.ts'
import type { SongLoudness } from './analysis/song-loudness.ts'

const trackOf = (id: TrackId | undefined) =>
  id === undefined ? undefined : findTrack(useWindow.getState(), id)

/** What the engine has to know of tracks and of the sound settings. */
export const engineSource = (host: HostApi, loudness: SongLoudness): EngineSource => ({
  songOf: (id, before) => ({
    url: new URL(host.trackUrl(id), location.href).href,
    path: trackOf(id)?.path ?? '',
    gain: gainFactor(id, before, loudness),
  }),
  transitionBetween: (id, next) => {
    const [track, following] = [trackOf(id), trackOf(next)]
    return track === undefined || following === undefined
      ? { kind: 'gapless' }
      : transitionBetween(track, following, useWindow.getState().sound)
  },
  speed: () => useWindow.getState().sound.speed,
})

function gainFactor(id: TrackId, before: TrackId | undefined, loudness: SongLoudness): number {
  const track = trackOf(id)
  const { sound, upNext } = useWindow.getState()
  if (track === undefined) return 1
  const next = trackOf(upNext[upNext.indexOf(id) + 1])
  return gainOf(track, isAlbumInOrder(trackOf(before), track, next), sound, loudness.of(id)).factor
}

/** Milliseconds: a slider that is dragged changes a setting many times. */
const settingsDelay = 150

/** Calls `listener` when settings have changed that the engine applies. */
export function observeEngineSettings(listener: () => void): void {
  const keyOf = ({
    gainMode,
    preamp,
    preventClipping,
    speed,
    crossfade,
    crossfadeWithinAlbums,
  }: SoundSettings) => [gainMode, preamp, preventClipping, speed, crossfade, crossfadeWithinAlbums].join()
  let timer: ReturnType<typeof setTimeout> | undefined
  useWindow.subscribe(({ sound }, previous) => {
    if (sound === previous.sound || keyOf(sound) === keyOf(previous.sound)) return
    clearTimeout(timer)
    timer = setTimeout(listener, settingsDelay)
  })
}
