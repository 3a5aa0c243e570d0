import { useEffect } from 'react'
import { useCurrentTrack } from '../store/current-track.ts'
import { useWindow } from '../store/window-store.ts'

/** Names the song that plays in the window's title. */
export function useWindowTitle(): void {
  const track = useCurrentTrack()
  const playing = useWindow((state) => state.player.transport === 'playing')
  const song = track && (track.artist ? `${track.title} — ${track.artist}` : track.title)
  useEffect(() => {
    document.title = song && playing ? `${song} · Skein` : 'Skein'
  }, [song, playing])
}
