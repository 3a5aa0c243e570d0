import { now } from '@skein/threading'
import type { HostApi, ListeningSession } from '../../shared/host-api.ts'
import type { PlayerState } from '../../shared/player/messages.ts'
import { positionNow } from '../../shared/player/song-position.ts'
import { useWindow } from '../store/window-store.ts'

/** The interval in milliseconds at which the session is saved while a song plays. */
const saveInterval = 5_000

/**
 * Saves the listening session when the song or the queue changes, when playback starts or stops, at an
 * interval while a song plays, and when the page is left. Returns a function that saves immediately and
 * resolves when that is done.
 */
export function persistListeningSession(host: HostApi): () => Promise<void> {
  let saved = JSON.stringify(currentListeningSession())
  const save = async (): Promise<void> => {
    const session = currentListeningSession()
    const text = JSON.stringify(session)
    // An empty session does not replace the one that was saved last.
    if (text === saved || (session.track === 0 && session.queue.length === 0)) return
    saved = text
    // If saving fails, the host reports it.
    await host.saveSession(session).catch(() => undefined)
  }
  let timer: ReturnType<typeof setInterval> | undefined
  useWindow.subscribe((current, previous) => {
    if (current.player === previous.player && current.queuedCount === previous.queuedCount) return
    const hasChanged =
      current.player.track !== previous.player.track ||
      current.queuedCount !== previous.queuedCount ||
      isPlaying(current.player) !== isPlaying(previous.player)
    if (!hasChanged) return
    clearInterval(timer)
    if (isPlaying(current.player)) timer = setInterval(() => void save(), saveInterval)
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
    // A tenth of a second is inaudible, and a paused song yields the same text again.
    position: Math.round(positionNow(player, now()) * 10) / 10,
    queue: upNext.slice(0, queued),
  }
}
