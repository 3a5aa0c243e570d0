import { artistOf, type Track, type TrackId } from '../../shared/library/track.ts'
import type { Input, PlayerState } from '../../shared/player/messages.ts'
import { positionNow } from '../../shared/player/song-position.ts'

/** The step of the system's forward and back buttons in seconds, if the system gives none. */
const seekStep = 5

export interface MediaSessionLink {
  /**
   * Shows the song in the system's player controls. Call it when the player's state or the current song's
   * tags change.
   */
  show(player: PlayerState, track: Track | undefined, coverUrl: string | undefined, now: number): void
  /** Removes everything from the system's player controls. */
  dispose(): void
}

type Handlers = Partial<Record<MediaSessionAction, MediaSessionActionHandler>>

/**
 * Connects media keys and the system's player controls to `send`. Does nothing without the Media Session API.
 */
export function linkMediaSession(send: (input: Input) => void): MediaSessionLink {
  const session = 'mediaSession' in navigator ? navigator.mediaSession : undefined
  if (session === undefined) return { show: () => {}, dispose: () => {} }
  const handlers = handlersFor(send)
  for (const [action, handler] of Object.entries(handlers)) setHandler(session, action, handler)
  let shown: TrackId | undefined
  let cover: string | undefined
  let artwork: string | undefined
  const showArtwork = async (track: Track, url: string) => {
    const picture = await fetchBlobUrl(url)
    if (track.id !== shown || url !== cover || picture === undefined) return
    if (artwork !== undefined) URL.revokeObjectURL(artwork)
    artwork = picture
    session.metadata = metadataOf(track, picture)
  }
  return {
    show(player, track, coverUrl, now) {
      if (track?.id !== shown || coverUrl !== cover) {
        shown = track?.id
        cover = coverUrl
        const isWeb = coverUrl !== undefined && new URL(coverUrl, location.href).protocol.startsWith('http')
        session.metadata = metadataOf(track, isWeb ? coverUrl : undefined)
        if (track !== undefined && coverUrl !== undefined && !isWeb) void showArtwork(track, coverUrl)
      }
      session.playbackState = playbackStateOf(player)
      showPosition(session, player, now)
    },
    dispose() {
      for (const action of Object.keys(handlers)) setHandler(session, action, null)
      session.metadata = null
      session.playbackState = 'none'
      session.setPositionState()
    },
  }
}

function handlersFor(send: (input: Input) => void): Handlers {
  return {
    play: () => send({ kind: 'play' }),
    pause: () => send({ kind: 'pause' }),
    stop: () => send({ kind: 'stop' }),
    previoustrack: () => send({ kind: 'previous' }),
    nexttrack: () => send({ kind: 'next' }),
    seekbackward: ({ seekOffset }) => send({ kind: 'seekBy', by: -(seekOffset ?? seekStep) }),
    seekforward: ({ seekOffset }) => send({ kind: 'seekBy', by: seekOffset ?? seekStep }),
    seekto: ({ seekTime }) => {
      if (seekTime !== undefined) send({ kind: 'seek', to: seekTime })
    },
  }
}

function setHandler(session: MediaSession, action: string, handler: MediaSessionActionHandler | null): void {
  try {
    session.setActionHandler(action as MediaSessionAction, handler)
  } catch {
    // This browser does not know the action; its other controls still work.
  }
}

/** The system loads pictures from http, data and blob addresses only. Others are fetched into a blob. */
async function fetchBlobUrl(coverUrl: string): Promise<string | undefined> {
  try {
    const response = await fetch(coverUrl)
    return response.ok ? URL.createObjectURL(await response.blob()) : undefined
  } catch {
    // The system shows the song without a picture.
    return undefined
  }
}

function metadataOf(track: Track | undefined, picture: string | undefined): MediaMetadata | null {
  if (track === undefined) return null
  const artwork = picture === undefined ? [] : [{ src: new URL(picture, location.href).href }]
  return new MediaMetadata({
    title: track.title,
    artist: artistOf(track) ?? '',
    album: track.album ?? '',
    artwork,
  })
}

function playbackStateOf({ transport }: PlayerState): MediaSessionPlaybackState {
  if (transport === 'stopped') return 'none'
  return transport === 'paused' ? 'paused' : 'playing'
}

function showPosition(session: MediaSession, player: PlayerState, now: number): void {
  const { duration, transport, speed } = player
  if (duration > 0 && transport !== 'stopped') {
    session.setPositionState({ duration, position: positionNow(player, now), playbackRate: speed })
  } else session.setPositionState()
}
