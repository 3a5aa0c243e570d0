import { killThread, now, type Queue, ShutDown } from '@skein/threading'
import { startProcess } from '@skein/threading/web'
import { errorMessage } from '../../shared/error-message.ts'
import { type HostApi, maxQueuedSongs } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import type { Answer } from '../../shared/player/messages.ts'
import { PlayerMemory } from '../../shared/player/player-memory.ts'
import { UpNext } from '../../shared/player/up-next.ts'
import type { AudioSink } from '../audio/audio-sink.ts'
import { linkMediaSession, type MediaSessionLink } from '../audio/media-session.ts'
import { findTrack, useWindow } from '../store/window-store.ts'
import { createPlayerChannels, type PlayerChannels, shutDownPlayer } from '../workers/player-channels.ts'
import { focusSearch, rateCurrentSong, send, setSender, toggleThreadsPanel } from './actions.ts'
import { createSoundOutputs, type SoundOutputs } from './connect-sound.ts'
import { handleHostEvent, playOnceLoaded } from './host-event-handler.ts'
import { forgetPendingChunks, markChunkTaken } from './library-feed.ts'
import { forgetPendingRequests, receiveListAnswer } from './list-requests.ts'
import { navigate } from './navigation.ts'
import { receiveTracks, requestNeededTracks, sendNeededTracks } from './needed-tracks.ts'
import { playRecorder } from './record-plays.ts'
import { persistListeningSession } from './session-persistence.ts'
import { persistSettings, restoreSettings } from './settings-persistence.ts'
import { connectOutputDevices } from './sound/output-device.ts'
import { isStartingSong, waitForSound } from './wait-for-sound.ts'

/** Five threads run. The spare workers let a replacement start without loading a worker first. */
const workerPoolSize = 7

export interface Session {
  /** Ends one of the player's threads from outside. The supervisor replaces it. */
  endThread(ident: number): void
}

/**
 * Starts the player: its threads, its sound output, and the connections between them, the host and the
 * window. The threads start once the window is `drawn`, because they would compete with its first frame for
 * the processor. Until then inputs wait in their queues.
 */
export async function startSession(host: HostApi, drawn: Promise<void>): Promise<Session> {
  startProcess({
    name: 'player',
    workers: workerPoolSize,
    ready: drawn,
    createWorker: () =>
      new Worker(new URL('../workers/player-worker.ts', import.meta.url), { type: 'module' }),
  })
  const channels = createPlayerChannels()
  addEventListener('pagehide', () => shutDownPlayer(channels), { once: true })
  // The browser may keep a page after it was left and show it again, with its threads ended.
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload())
  // The code of the sound output is loaded after the first frame.
  const outputs = drawn.then(() => connectSound(channels, host))
  outputs.catch(reportFailure)
  void pump(channels.answers, (answer) => handleAnswer(answer, host))
  void pump(channels.plays, playRecorder(host))
  const sink = outputs.then((connected) => connected.sink)
  void syncPlayerState(channels, host, sink, linkMediaSession(send))
  setSender((input) => channels.inputs.put(input))
  const settings = await restoreSettings(host, (command) => channels.commands.put(command))
  const saveSettings = persistSettings(host, settings)
  const saveListening = persistListeningSession(host)
  const endPage = () =>
    void Promise.all([saveSettings(), saveListening()]).finally(() =>
      host.acknowledgeShutdown().catch(() => undefined),
    )
  playOnceLoaded()
  requestNeededTracks()
  void drawn.then(() => {
    const subscribe = () =>
      host.subscribe((event) => (event.kind === 'ending' ? endPage() : handleHostEvent(event)))
    let unsubscribe = subscribe()
    addEventListener('focus', () => void host.checkFolders().catch(() => undefined))
    const resendLibrary = () => {
      unsubscribe()
      unsubscribe = subscribe()
    }
    void supervise(channels, resendLibrary, outputs).catch(reportFailure)
    void analyzeSongs(channels, host).catch(reportFailure)
    if (host.kind === 'electron') void connectOutputDevices(sink).catch(() => undefined)
  })
  return { endThread: killThread }
}

/** `resendLibrary` makes the host send the whole library again, for an input thread that replaces a dead one. */
async function supervise(
  channels: PlayerChannels,
  resendLibrary: () => void,
  outputs: Promise<SoundOutputs>,
): Promise<void> {
  const { superviseThreads } = await import('./supervisor.ts')
  superviseThreads(channels, {
    onReplaced: (name, { error }) => {
      if (name === 'input') {
        forgetPendingRequests()
        forgetPendingChunks()
        sendNeededTracks()
        resendLibrary()
      }
      if (name === 'decoder') void outputs.then(({ resumeDecoding }) => resumeDecoding())
      useWindow.setState({
        announcement:
          error === undefined
            ? m.shell_thread_returned({ name })
            : m.shell_thread_failed({ name, error: isolate(error) }),
      })
    },
    onLost: (name) => {
      if (name === 'decoder') void outputs.then(({ loseDecoder }) => loseDecoder())
      console.error(`The ${name} thread ended again and again.`)
      useWindow.setState({ failure: m.shell_thread_keeps_ending({ name }) })
    },
  })
}

async function analyzeSongs({ pcm, segments }: PlayerChannels, host: HostApi): Promise<void> {
  const { connectAnalysis } = await import('./analysis/connect-analysis.ts')
  connectAnalysis({ host, ahead: { pcm, segments }, onFailure: reportFailure })
}

function reportFailure(error: unknown): void {
  console.error(error)
  useWindow.setState({ failure: m.shell_error({ error: isolate(errorMessage(error)) }) })
}

/** Processes the items of a queue while the player runs. A failure is shown and does not end the loop. */
async function pump<Item>(queue: Queue<Item>, take: (item: Item) => void | Promise<void>): Promise<void> {
  for (;;) {
    try {
      const taken = take(await queue.getAsync())
      if (taken !== undefined) await taken
    } catch (error) {
      if (error instanceof ShutDown) return
      reportFailure(error)
    }
  }
}

async function connectSound(channels: PlayerChannels, host: HostApi): Promise<SoundOutputs> {
  const outputs = await createSoundOutputs(channels, host)
  const { sink } = outputs
  sink.onReport((report) => channels.commands.put(report))
  sink.onPreloaded((track) => channels.commands.put({ kind: 'preloaded', track }))
  void pump(channels.decoded, outputs.receive)
  void pump(channels.audio, async (request) => {
    if (request.kind === 'load' || request.kind === 'preload') await outputs.prepare(request.track)
    sink.perform(request)
  })
  return outputs
}

function handleAnswer(answer: Answer, host: HostApi): void {
  switch (answer.kind) {
    case 'view':
      navigate({ view: answer.view })
      break
    case 'focusSearch':
      focusSearch()
      break
    case 'toggleThreads':
      toggleThreadsPanel()
      break
    case 'rateCurrent':
      rateCurrentSong(host, answer.rating)
      break
    case 'chunkTaken':
      markChunkTaken()
      break
    case 'queueFull':
      useWindow.setState({
        failure: m.common_queue_limit({ max: maxQueuedSongs, count: answer.leftOut }),
      })
      break
    case 'tracks':
      receiveTracks(answer.tracks)
      break
    default:
      receiveListAnswer(answer)
  }
}

/** Copies the shared state to the window's store after every change. */
async function syncPlayerState(
  channels: PlayerChannels,
  host: HostApi,
  sink: Promise<AudioSink>,
  mediaSession: MediaSessionLink,
): Promise<void> {
  const playerState = new PlayerMemory(channels.playerState)
  const upNext = new UpNext(channels.upNext)
  while (!channels.shutdown.isSet()) {
    await channels.changed.waitAsync()
    channels.changed.clear()
    const starting = playerState.tryRead()
    if (starting && isStartingSong(starting, useWindow.getState().player.run)) await waitForSound(await sink)
    const player = playerState.tryRead()
    const next = upNext.tryReadPlan()
    // If a thread is writing, it sets `changed` again when it is done.
    if (player !== undefined) useWindow.setState({ player })
    if (next !== undefined)
      useWindow.setState({ upNext: next.queue.concat(next.plan), queuedCount: next.queue.length })
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
