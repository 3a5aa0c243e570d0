import { useEffect } from 'react'
import { joinIsolated } from '../../shared/isolate-text.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'
import { artistText } from '../ui/utils/track-text.ts'

/** Shows the song that plays in the window's title. */
export function useWindowTitle(): void {
  const track = useCurrentTrack()
  const isPlaying = useWindow((state) => state.player.transport === 'playing')
  const song = track && joinIsolated([track.title, artistText(track)], ' — ')
  useEffect(() => {
    document.title = song && isPlaying ? `${song} · Skein` : 'Skein'
  }, [song, isPlaying])
}
