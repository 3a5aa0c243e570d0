import * as v from 'valibot'
import { equalizerBands, maxBandGain, maxPresetNameLength, maxPresets } from '../../shared/sound/equalizer.ts'
import { defaultSoundSettings, gainModes, soundRanges } from '../../shared/sound/sound-settings.ts'

const inRange = ({ min, max }: { readonly min: number; readonly max: number }) =>
  v.pipe(v.number(), v.minValue(min), v.maxValue(max))

const gains = v.pipe(
  v.array(inRange({ min: -maxBandGain, max: maxBandGain })),
  v.length(equalizerBands.length),
  v.readonly(),
)

const preset = v.strictObject({
  name: v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(maxPresetNameLength)),
  gains,
})

const presets = v.pipe(
  v.array(preset),
  v.maxLength(maxPresets),
  v.check((all) => new Set(all.map(({ name }) => name)).size === all.length),
  v.readonly(),
)

const equalizer = v.strictObject({ isEnabled: v.boolean(), gains, presets })

const outputDevice = v.strictObject({
  id: v.pipe(v.string(), v.minLength(1), v.maxLength(1000)),
  label: v.pipe(v.string(), v.maxLength(1000)),
})

/** What a page may save. */
export const soundSettingsSchema = v.strictObject({
  crossfade: inRange(soundRanges.crossfade),
  crossfadeWithinAlbums: v.boolean(),
  gainMode: v.picklist(gainModes),
  preamp: inRange(soundRanges.preamp),
  preventClipping: v.boolean(),
  equalizer,
  mono: v.boolean(),
  balance: inRange(soundRanges.balance),
  speed: inRange(soundRanges.speed),
  outputDevice: v.optional(outputDevice),
})

const { entries } = soundSettingsSchema
const defaults = defaultSoundSettings

/** The presets that are valid; a wrong one takes no other with it. */
const storedPresets = v.pipe(
  v.array(v.unknown()),
  v.transform((values) => values.filter((value) => v.is(preset, value))),
  presets,
)

/** The same in the file, where each value that is missing or wrong becomes its default. */
export const storedSoundSettingsSchema = v.fallback(
  v.object({
    crossfade: v.fallback(entries.crossfade, defaults.crossfade),
    crossfadeWithinAlbums: v.fallback(entries.crossfadeWithinAlbums, defaults.crossfadeWithinAlbums),
    gainMode: v.fallback(entries.gainMode, defaults.gainMode),
    preamp: v.fallback(entries.preamp, defaults.preamp),
    preventClipping: v.fallback(entries.preventClipping, defaults.preventClipping),
    equalizer: v.fallback(
      v.object({
        isEnabled: v.fallback(v.boolean(), defaults.equalizer.isEnabled),
        gains: v.fallback(gains, defaults.equalizer.gains),
        presets: v.fallback(storedPresets, defaults.equalizer.presets),
      }),
      defaults.equalizer,
    ),
    mono: v.fallback(entries.mono, defaults.mono),
    balance: v.fallback(entries.balance, defaults.balance),
    speed: v.fallback(entries.speed, defaults.speed),
    outputDevice: v.fallback(entries.outputDevice, undefined),
  }),
  defaults,
)
