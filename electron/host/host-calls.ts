import { maxSlowness } from '@skein/threading/inspect'
import * as v from 'valibot'
import { type HostCallName, type HostCalls, maxQueuedSongs, maxRatedTracks } from '../../shared/host-api.ts'
import { waveformColumns } from '../../shared/sound/analysis/waveform.ts'
import { maxHistogramBytes } from '../../shared/sound/loudness/loudness-histogram.ts'
import { settingsSchema } from '../storage/settings-format.ts'
import { playlistCallSchemas } from './playlist-call-schemas.ts'

const noArguments = v.strictTuple([])
const folderId = v.pipe(v.number(), v.integer(), v.minValue(1))
const trackId = v.pipe(v.number(), v.integer(), v.minValue(1))

const listeningSession = v.strictObject({
  track: v.union([v.literal(0), trackId]),
  position: v.pipe(v.number(), v.finite(), v.minValue(0)),
  queue: v.pipe(v.array(trackId), v.maxLength(maxQueuedSongs)),
})

/** 0 for none, or 0.5 … 5 in halves. */
const rating = v.pipe(v.number(), v.minValue(0), v.maxValue(5), v.multipleOf(0.5))

/** Base64 of at most so many bytes. */
const base64 = (maxBytes: number) =>
  v.pipe(v.string(), v.maxLength(4 * Math.ceil(maxBytes / 3)), v.regex(/^[A-Za-z0-9+/]*={0,2}$/))

const soundAnalysis = v.strictObject({
  loudness: v.optional(v.pipe(v.number(), v.minValue(-70), v.maxValue(20))),
  peak: v.pipe(v.number(), v.finite(), v.minValue(0)),
  histogram: base64(maxHistogramBytes),
  waveform: base64(2 * waveformColumns),
})

const threadControlCommand = v.variant('kind', [
  v.strictObject({ kind: v.picklist(['pause', 'resume', 'step']) }),
  v.strictObject({
    kind: v.literal('slow'),
    factor: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(maxSlowness)),
  }),
])

/** The arguments of every call that a page may make of its host; both hosts check against these. */
const argumentSchemas = {
  settings: noArguments,
  saveSettings: v.strictTuple([settingsSchema]),
  saveSession: v.strictTuple([listeningSession]),
  acknowledgeShutdown: noArguments,
  chooseFolder: noArguments,
  listFolders: v.union([noArguments, v.strictTuple([folderId])]),
  openFolder: v.strictTuple([folderId]),
  addFolder: v.union([noArguments, v.strictTuple([folderId])]),
  removeFolder: v.strictTuple([folderId]),
  excludeFolder: v.strictTuple([folderId]),
  includeFolder: v.strictTuple([folderId]),
  openDemo: noArguments,
  reopenFolder: noArguments,
  checkFolders: noArguments,
  recordPlay: v.strictTuple([trackId]),
  rateTracks: v.strictTuple([v.pipe(v.array(trackId), v.maxLength(maxRatedTracks)), rating]),
  rescan: noArguments,
  stopScan: noArguments,
  pauseScan: noArguments,
  continueScan: noArguments,
  trackDetails: v.strictTuple([trackId]),
  trackLoudness: v.strictTuple([trackId]),
  trackWaveform: v.strictTuple([trackId]),
  unanalyzedTracks: v.strictTuple([v.union([v.literal(0), trackId])]),
  saveAnalysis: v.union([v.strictTuple([trackId]), v.strictTuple([trackId, soundAnalysis])]),
  about: noArguments,
  showLocation: v.strictTuple([v.picklist(['data', 'log', 'licences'])]),
  showTrack: v.strictTuple([trackId]),
  controlThread: v.strictTuple([v.pipe(v.number(), v.integer(), v.minValue(2)), threadControlCommand]),
  ...playlistCallSchemas,
} satisfies { [Name in HostCallName]: v.GenericSchema<unknown, Parameters<HostCalls[Name]>> }

/** The result of a call: its value, or one sentence for the user. */
export type CallResult =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly message: string }

/** Runs a call with the arguments that a page sent. Rejects with a ValiError if they are not valid. */
export async function runHostCall(calls: HostCalls, name: HostCallName, args: unknown): Promise<unknown> {
  const checked = v.parse(argumentSchemas[name], args)
  const call = calls[name] as (...args: readonly unknown[]) => Promise<unknown>
  return await call(...checked)
}
