import type { HostApi } from '../../shared/host-api.ts'
import type { Track, TrackId } from '../../shared/library/track.ts'
import { isEngineCodec } from '../../shared/sound/engine-codecs.ts'
import type { DecoderReport } from '../../shared/sound/playing/decoder-messages.ts'
import { Segments } from '../../shared/sound/playing/segments.ts'
import type { AudioSink } from '../audio/audio-sink.ts'
import type { EngineSink } from '../audio/engine/engine-sink.ts'
import { howlerFormat } from '../audio/howler-format.ts'
import { findTrack, useWindow } from '../store/window-store.ts'
import type { PlayerChannels } from '../workers/player-channels.ts'
import { SongLoudness } from './analysis/song-loudness.ts'
import { engineSource, observeEngineSettings } from './engine-source.ts'
import { waitForTrack } from './needed-tracks.ts'
import { linkToneGraph } from './sound/sound-link.ts'

export interface SoundOutputs {
  readonly sink: AudioSink
  /** Waits, and not long, for what a song needs to begin. */
  prepare(track: TrackId): Promise<void>
  /** Passes on a report of `decoder`. */
  receive(report: DecoderReport): void
  /** `decoder` died and was replaced. */
  resumeDecoding(): void
  /** `decoder` is not replaced any more: media elements play from now on. */
  loseDecoder(): void
}

/** Whether a media element may play a track, as far as the host knows. */
function isPlayableByElement(track: Track | undefined): boolean {
  return track === undefined || (track.isPlayable && !isEngineCodec(track.codec ?? ''))
}

const trackOf = (id: TrackId) => findTrack(useWindow.getState(), id)

/**
 * Makes the sound outputs: the engine, and media elements through Howler for what it cannot play. Without what the engine
 * needs, media elements play everything.
 */
export async function createSoundOutputs(channels: PlayerChannels, host: HostApi): Promise<SoundOutputs> {
  const [{ HowlerSink }, { EngineSink }, { SwitchingSink }, { ToneGraph }] = await Promise.all([
    import('../audio/howler-sink.ts'),
    import('../audio/engine/engine-sink.ts'),
    import('../audio/switching-sink.ts'),
    import('../audio/graph/tone-graph.ts'),
  ])
  const elements = new HowlerSink({
    urlOf: (id) => host.trackUrl(id),
    formatOf: (id) => howlerFormat(trackOf(id)?.path ?? ''),
    isPlayable: (id) => isPlayableByElement(trackOf(id)),
  })
  if (!EngineSink.isSupported) {
    useWindow.setState({ soundOutput: { kind: 'element', reason: 'unsupported' } })
    return {
      sink: elements,
      prepare: waitForTrack,
      receive: () => {},
      resumeDecoding: () => {},
      loseDecoder: () => {},
    }
  }
  const { decoding, pcm } = channels
  const loudness = new SongLoudness(host)
  const engine: EngineSink = new EngineSink({
    source: engineSource(host, loudness),
    channels: { decoding, pcm, segments: new Segments(channels.segments) },
    connect: (source, destination) =>
      linkToneGraph(new ToneGraph(source, destination, useWindow.getState().sound)),
    onRefused: (track, run) => sink.refuse(track, run),
  })
  const sink = new SwitchingSink({
    main: engine,
    fallback: elements,
    onChange: (usesElement) =>
      useWindow.setState({
        soundOutput: usesElement ? { kind: 'element', reason: 'format' } : { kind: 'engine' },
      }),
  })
  observeEngineSettings(async () => {
    // Its loudness is not known if it was not matched before.
    await loudness.prepare(useWindow.getState().player.track)
    engine.applySettings()
  })
  return {
    sink,
    prepare: async (track) => {
      await Promise.all([waitForTrack(track), loudness.prepare(track)])
    },
    receive: (report) => engine.receive(report),
    resumeDecoding: () => engine.resumeDecoding(),
    loseDecoder: () => sink.loseMain(),
  }
}
