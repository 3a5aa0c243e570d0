import type { ReplayGain, Track } from '../../library/track.ts'

/** ReplayGain refers to this loudness, in LUFS. */
const referenceLoudness = -18
/** No song needs more, in decibels. */
const maxGain = 64

/** What Skein itself has measured. A member is undefined while it is unknown. */
export interface MeasuredLoudness {
  /** LUFS. */
  readonly loudness?: number | undefined
  /** As a share of full scale. */
  readonly peak?: number | undefined
  /** Of the whole album. */
  readonly albumLoudness?: number | undefined
  readonly albumPeak?: number | undefined
}

/** The part of the sound settings that decides on the gain. */
export interface GainSettings {
  /** `automatic`: by album while an album plays in order, by track otherwise. */
  readonly gainMode: 'off' | 'track' | 'album' | 'automatic'
  /** dB, added to the gain of every song. */
  readonly preamp: number
  /** Whether gains are limited so that no peak exceeds full scale. */
  readonly preventClipping: boolean
}

/** How a song's samples are changed. */
export interface TrackGain {
  /** What each sample is multiplied by. */
  readonly factor: number
  /** Where the gain comes from. */
  readonly source: 'off' | 'albumTag' | 'trackTag' | 'albumScan' | 'trackScan' | 'unknown'
}

interface KnownGain {
  readonly source: TrackGain['source']
  readonly decibels: number
  readonly peak: number | undefined
}

/**
 * Returns the gain of a song. `isAlbumInOrder` says whether it plays as a part of its album. What tags state comes first;
 * a measurement replaces what they lack.
 */
export function gainOf(
  track: Pick<Track, 'replayGain'>,
  isAlbumInOrder: boolean,
  settings: GainSettings,
  measured: MeasuredLoudness = {},
): TrackGain {
  const { gainMode } = settings
  if (gainMode === 'off') return { factor: 1, source: 'off' }
  const wantsAlbum = gainMode === 'album' || (gainMode === 'automatic' && isAlbumInOrder)
  const known = knownGains(track.replayGain, measured)
  const ofKind = (kind: 'album' | 'track') => known.find(({ source }) => source.startsWith(kind))
  const used = wantsAlbum ? (ofKind('album') ?? ofKind('track')) : (ofKind('track') ?? ofKind('album'))
  return used === undefined
    ? { factor: factorOf(0, undefined, settings), source: 'unknown' }
    : { factor: factorOf(used.decibels, used.peak, settings), source: used.source }
}

/** Tags before measurements. */
function knownGains(tags: ReplayGain | undefined, measured: MeasuredLoudness): readonly KnownGain[] {
  const trackPeak = tags?.trackPeak ?? measured.peak
  const albumPeak = tags?.albumPeak ?? measured.albumPeak ?? trackPeak
  const candidates = [
    { source: 'albumTag', decibels: tags?.albumGain, peak: albumPeak },
    { source: 'albumScan', decibels: gainFor(measured.albumLoudness), peak: albumPeak },
    { source: 'trackTag', decibels: tags?.trackGain, peak: trackPeak },
    { source: 'trackScan', decibels: gainFor(measured.loudness), peak: trackPeak },
  ] as const
  return candidates.flatMap(({ source, decibels, peak }) =>
    decibels === undefined || !Number.isFinite(decibels) ? [] : [{ source, decibels, peak }],
  )
}

const gainFor = (loudness: number | undefined): number | undefined =>
  loudness === undefined ? undefined : referenceLoudness - loudness

/** Without a known peak, the song can reach full scale. */
function factorOf(decibels: number, peak: number | undefined, settings: GainSettings): number {
  const gain = Math.min(maxGain, Math.max(-maxGain, decibels + settings.preamp))
  const factor = 10 ** (gain / 20)
  if (!settings.preventClipping) return factor
  const highest = peak === undefined || !(peak > 0) ? 1 : peak
  return Math.min(factor, 1 / highest)
}
