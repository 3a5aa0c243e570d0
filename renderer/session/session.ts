import { killThread, now, type Queue, ShutDown } from '@skein/threading'
import { startProcess } from '@skein/threading/web'
import { errorMessage } from '../../shared/error-message.ts'
import type { HostApi } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import type { TrackId } from '../../shared/library/track.ts'
import type { Answer } from '../../shared/player/messages.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import { observeAudioOutput } from '../audio/audio-output.ts'
import type { AudioSink } from '../audio/audio-sink.ts'
import { howlerFormat } from '../audio/howler-format.ts'
import { linkMediaSession, type MediaSessionLink } from '../audio/media-session.ts'
import { findTrack, useWindow } from '../store/window-store.ts'
import { createPlayerChannels, type PlayerChannels, shutDownPlayer } from '../workers/player-channels.ts'
import { focusSearch, send, setSender, toggleThreadsPanel } from './actions.ts'
import { handleHostEvent, playOnceLoaded, resendLibrary } from './host-event-handler.ts'
import { persistListeningSession } from './session-persistence.ts'
import { persistSettings, restoreSettings } from './settings-persistence.ts'
import { isStartingSong, waitForSound } from './wait-for-sound.ts'

/** Three threads run, one replaces the next that dies without a wait for a worker to load. */
const workerPoolSize = 5

export interface Session {
  /** Ends one of the player's threads from outside; it is started anew. */
  endThread(ident: number): void
}

/**
 * Starts the player: its threads, its sound output, and what flows between them, the host and the window. The threads
 * begin once the window is `drawn`, as they would take the processor from its first picture; what the user does before
 * waits in their queues.
 */
export async function startSession(host: HostApi, drawn: Promise<void>): Promise<Session> {
  startProcess({
    name: 'player',
    workers: workerPoolSize,
    ready: drawn,
    createWorker: () =>
      new Worker(new URL('../workers/player-worker.ts', import.meta.url), { type: 'module' }),
  })
  const wires = createPlayerChannels()
  addEventListener('pagehide', () => shutDownPlayer(wires), { once: true })
  // The browser may keep a page that is left, and show it again as it was: with its threads ended.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  // Threads and sound come after the first picture: so does their code.
  const sink = drawn.then(() => connectSound(wires, host))
  sink.catch(reportFailure)
  void pump(wires.answers, handleAnswer)
  void syncPlayerState(wires, host, sink, linkMediaSession(send))
  setSender((input) => wires.inputs.put(input))
  const settings = await restoreSettings(host, (command) => wires.commands.put(command))
  const saveSettings = persistSettings(host, settings)
  const saveListening = persistListeningSession(host)
  const endPage = () =>
    void Promise.all([saveSettings(), saveListening()]).finally(() =>
      host.acknowledgeShutdown().catch(() => undefined),
    )
  playOnceLoaded()
  void drawn.then(() => {
    void supervise(wires).catch(reportFailure)
    host.subscribe((event) => (event.kind === 'ending' ? endPage() : handleHostEvent(event)))
  })
  if (host.kind === 'electron') observeAudioOutput((hasSoundDevice) => useWindow.setState({ hasSoundDevice }))
  return { endThread: killThread }
}

async function supervise(wires: PlayerChannels): Promise<void> {
  const { superviseThreads } = await import('./supervisor.ts')
  superviseThreads(
    wires,
    (name, { error }) => {
      if (name === 'input') resendLibrary()
      useWindow.setState({
        announcement:
          error === undefined ? m.shell_thread_returned({ name }) : m.shell_thread_failed({ name, error }),
      })
    },
    (name) => {
      console.error(`The ${name} thread ended again and again.`)
      useWindow.setState({ failure: m.shell_thread_keeps_ending({ name }) })
    },
  )
}

function reportFailure(error: unknown): void {
  console.error(error)
  useWindow.setState({ failure: m.shell_error({ error: errorMessage(error) }) })
}

/** Takes what comes from a queue for as long as the player runs. An item that fails is told and does not end it. */
async function pump<Item>(queue: Queue<Item>, take: (item: Item) => void): Promise<void> {
  for (;;) {
    try {
      take(await queue.getAsync())
    } catch (error) {
      if (error instanceof ShutDown) return
      reportFailure(error)
    }
  }
}

async function connectSound(wires: PlayerChannels, host: HostApi): Promise<AudioSink> {
  const { HowlerSink } = await import('../audio/howler-sink.ts')
  const trackOf = (id: TrackId) => findTrack(useWindow.getState(), id)
  const sink = new HowlerSink({
    urlOf: (id) => host.trackUrl(id),
    formatOf: (id) => howlerFormat(trackOf(id)?.path ?? ''),
  })
  sink.onReport((report) => wires.commands.put(report))
  sink.onPreloaded((track) => wires.commands.put({ kind: 'preloaded', track }))
  void pump(wires.audio, (request) => sink.perform(request))
  return sink
}

function handleAnswer(answer: Answer): void {
  switch (answer.kind) {
    case 'view':
      useWindow.setState({ view: answer.view, isThreadsPanelFull: false })
      break
    case 'focusSearch':
      focusSearch()
      break
    case 'toggleThreads':
      toggleThreadsPanel()
      break
    case 'rows':
      if (answer.request === useWindow.getState().searchRequest) useWindow.setState({ rows: answer.rows })
      break
  }
}

/** Copies what the threads wrote whenever they say that something changed. */
async function syncPlayerState(
  wires: PlayerChannels,
  host: HostApi,
  sink: Promise<AudioSink>,
  mediaSession: MediaSessionLink,
): Promise<void> {
  const playerState = new PlayerMemory(wires.playerState)
  const upNext = new UpNext(wires.upNext)
  while (!wires.shutdown.isSet()) {
    await wires.changed.waitAsync()
    wires.changed.clear()
    const starting = playerState.tryRead()
    if (starting && isStartingSong(starting, useWindow.getState().player.run)) await waitForSound(await sink)
    const player = playerState.tryRead()
    const coming = upNext.tryReadPlan()
    // The thread that writes says again that something changed when it is done.
    if (player !== undefined) useWindow.setState({ player })
    if (coming !== undefined)
      useWindow.setState({ upNext: coming.queue.concat(coming.plan), queuedCount: coming.queue.length })
    const window = useWindow.getState()
    const { player: shown } = window
    const track = findTrack(window, shown.track)
    mediaSession.show(
      shown,
      track,
      track?.cover === undefined ? undefined : host.coverUrl(track.cover),
      now(),
    )
  }
}
