import type { HostApi } from '../../../shared/host-api.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import { findTrack, useWindow, type WindowState } from '../../store/window-store.ts'
import type { SoundAhead } from '../../workers/analyzer-channels.ts'
import { Analyzer } from './analyzer.ts'
import { setLoudnessScan } from './scan-actions.ts'
import { SongAnalysis } from './song-analysis.ts'

/** Songs behind the current one that are analyzed before they play. */
const songsAhead = 1

export interface AnalysisOptions {
  readonly host: HostApi
  readonly ahead: SoundAhead
  /** Receives errors of the host. */
  readonly onFailure: (error: unknown) => void
}

/**
 * Lets the thread `analyzer` find what is needed of the songs that play: their waveform while the window is visible, and
 * how loud they are while loudness is matched.
 */
export function connectAnalysis({ host, ahead, onFailure }: AnalysisOptions): void {
  const analyzer = new Analyzer(ahead)
  const analysis = new SongAnalysis({
    host,
    analyzer,
    fileOf: (track) => ({
      url: new URL(host.trackUrl(track), location.href).href,
      path: findTrack(useWindow.getState(), track)?.path ?? '',
    }),
    onFailure: (error) => void onFailure(error),
  })
  setLoudnessScan(analysis)
  const update = () => {
    const window = useWindow.getState()
    // A song that begins needs the processor.
    analyzer.setAllowed(window.player.transport !== 'loading')
    analysis.setSongs(songsToAnalyze(window))
  }
  useWindow.subscribe((current, previous) => {
    if (
      current.player !== previous.player ||
      current.upNext !== previous.upNext ||
      current.sound !== previous.sound
    )
      update()
  })
  addEventListener('visibilitychange', update)
  addEventListener('pagehide', () => analyzer.close(), { once: true })
  update()
}

function songsToAnalyze({ player, upNext, sound, tracks }: WindowState): readonly TrackId[] {
  const isNeeded = document.visibilityState === 'visible' || sound.gainMode !== 'off'
  if (!isNeeded || player.track === 0 || player.transport === 'stopped') return []
  const songs = [player.track, ...upNext.slice(0, songsAhead)]
  return [...new Set(songs)].filter((song) => tracks.get(song)?.isPlayable ?? true)
}
