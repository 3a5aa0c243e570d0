/** Seconds; browsers show no controls for an element of 5 s or less. */
const duration = 10
const sampleRate = 3_000

/**
 * A media element that plays silence. Browsers connect the system's player controls and media keys to media elements
 * only, not to Web Audio: while the engine plays, this element plays too.
 */
export class SilentElement {
  readonly #onPaused: () => void
  #element: HTMLAudioElement | undefined
  #shouldPlay = false

  /** `onPaused` is called when the system has paused the element. */
  constructor(onPaused: () => void) {
    this.#onPaused = onPaused
  }

  play(): void {
    this.#shouldPlay = true
    this.#element ??= this.#createElement()
    // It is refused until the first click, like all sound.
    void this.#element.play().catch(() => undefined)
  }

  pause(): void {
    this.#shouldPlay = false
    this.#element?.pause()
  }

  #createElement(): HTMLAudioElement {
    const element = new Audio(URL.createObjectURL(new Blob([silentWave()], { type: 'audio/wav' })))
    element.loop = true
    element.addEventListener('pause', () => {
      // The event can come after another call of `play`.
      if (this.#shouldPlay && element.paused) this.#onPaused()
    })
    return element
  }
}

/** Returns a WAV file with 8-bit silence in one channel. */
function silentWave(): ArrayBuffer {
  const frames = duration * sampleRate
  const file = new ArrayBuffer(44 + frames)
  const view = new DataView(file)
  const writeText = (offset: number, text: string) => {
    for (let index = 0; index < text.length; index++) view.setUint8(offset + index, text.charCodeAt(index))
  }
  writeText(0, 'RIFF')
  view.setUint32(4, 36 + frames, true)
  writeText(8, 'WAVEfmt ')
  view.setUint32(16, 16, true)
  view.setUint16(20, 1, true)
  view.setUint16(22, 1, true)
  view.setUint32(24, sampleRate, true)
  view.setUint32(28, sampleRate, true)
  view.setUint16(32, 1, true)
  view.setUint16(34, 8, true)
  writeText(36, 'data')
  view.setUint32(40, frames, true)
  // The middle of the range of 8-bit samples.
  new Uint8Array(file, 44).fill(128)
  return file
}
