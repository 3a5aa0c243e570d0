import { useEffect } from 'react'
import { joinNames } from '../../shared/library/track.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'

/** Shows the song that plays in the window's title. */
export function useWindowTitle(): void {
  const track = useCurrentTrack()
  const isPlaying = useWindow((state) => state.player.transport === 'playing')
  const song = track && [track.title, joinNames(track.artists)].filter(Boolean).join(' — ')
  useEffect(() => {
    document.title = song && isPlaying ? `${song} · Skein` : 'Skein'
  }, [song, isPlaying])
}
