import { now } from '@skein/threading'
import type { HostApi, ListeningSession } from '../../shared/host-api.ts'
import type { PlayerState } from '../../shared/player/messages.ts'
import { positionNow } from '../../shared/player/song-position.ts'
import { useWindow } from '../store/window-store.ts'

/** Milliseconds between two savings while a song plays. */
const saveInterval = 5_000

/**
 * Saves where the listener is: when the song, the queue or whether it plays changes, every few seconds while it plays,
 * and when the page is left. The answer saves at once, and resolves when that is done.
 */
export function persistListeningSession(host: HostApi): () => Promise<void> {
  let saved = JSON.stringify(currentListeningSession())
  const save = async (): Promise<void> => {
    const session = currentListeningSession()
    const text = JSON.stringify(session)
    // What the last session left stays until there is something to take its place.
    if (text === saved || (session.track === 0 && session.queue.length === 0)) return
    saved = text
    // Where nothing can be saved the host says so itself.
    await host.saveSession(session).catch(() => undefined)
  }
  let timer: ReturnType<typeof setInterval> | undefined
  useWindow.subscribe((present, before) => {
    if (present.player === before.player && present.queuedCount === before.queuedCount) return
    const isOccasion =
      present.player.track !== before.player.track ||
      present.queuedCount !== before.queuedCount ||
      isPlaying(present.player) !== isPlaying(before.player)
    if (!isOccasion) return
    clearInterval(timer)
    if (isPlaying(present.player)) timer = setInterval(() => void save(), saveInterval)
    void save()
  })
  addEventListener('pagehide', () => void save(), { once: true })
  return save
}

const isPlaying = ({ transport }: PlayerState): boolean => transport === 'playing'

function currentListeningSession(): ListeningSession {
  const { player, upNext, queuedCount: queued } = useWindow.getState()
  return {
    track: player.track,
    // A tenth of a second is more than anybody hears, and a paused song stays the same text.
    position: Math.round(positionNow(player, now()) * 10) / 10,
    queue: upNext.slice(0, queued),
  }
}
