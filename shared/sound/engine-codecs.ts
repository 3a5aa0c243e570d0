/** The names of codecs that Chromium has no decoder for, as they are shown to people. */
export const codecNames = {
  alac: 'ALAC',
  dsd: 'DSD',
  monkeysAudio: "Monkey's Audio",
  musepack: 'Musepack',
  wavPack: 'WavPack',
  wma: 'WMA',
} as const

/** Those of them that Skein decodes itself, in the containers that are made for them. */
const engineCodecs: ReadonlySet<string> = new Set([
  codecNames.alac,
  codecNames.dsd,
  codecNames.musepack,
  codecNames.wavPack,
  codecNames.wma,
])

/**
 * Whether the engine plays the songs that it can decode. Only it plays what Chromium cannot decode. Files that were read
 * before this changes have to be read again, because the library keeps whether they can be played.
 */
export const isEngineDefault: boolean = true

/** Returns whether Skein plays a codec that Chromium cannot decode. */
export function isEngineCodec(codec: string): boolean {
  return isEngineDefault && engineCodecs.has(codec)
}
