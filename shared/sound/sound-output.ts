/** What plays the current song, and why it is not the engine. */
export type SoundOutput =
  /** The engine: decoded ahead by a thread of Skein, and played by an AudioWorklet. */
  | { readonly kind: 'engine' }
  /** A media element. `unsupported`: the browser lacks AudioWorklet or WebCodecs. `format`: the engine cannot decode the song. */
  | { readonly kind: 'element'; readonly reason: 'unsupported' | 'format' }
