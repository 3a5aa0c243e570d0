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

/** Returns whether only the engine plays a codec: media elements cannot. */
export function isEngineCodec(codec: string): boolean {
  return engineCodecs.has(codec)
}
