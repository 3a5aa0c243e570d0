import type { Page } from '@playwright/test'

export interface PlayingSound {
  /** Tells songs apart: the address of the media element, or the pitch in semitones of the engine's tone. */
  readonly address: string
  /** Seconds: of the media element, or for which the engine was heard. */
  readonly position: number
  /** How often sound began after silence since the probe was installed. */
  readonly starts: number
}

/** The sound that leaves the engine. */
interface EngineProbe {
  isSilent: boolean
  pitch: number
  heardSeconds: number
  starts: number
  maxLevel: number
}

interface ProbedWindow {
  soundProbe?: { readonly elements: Set<HTMLMediaElement>; starts: number; readonly engine: EngineProbe }
}

/** Observes the media elements and the engine's node of a page. Call it before the first song plays. */
export async function installSoundProbe(page: Page): Promise<void> {
  await page.evaluate(() => {
    const engine = { isSilent: true, pitch: 0, heardSeconds: 0, starts: 0, maxLevel: 0 }
    const probe = { elements: new Set<HTMLMediaElement>(), starts: 0, engine }
    ;(window as ProbedWindow).soundProbe = probe
    const { play } = HTMLMediaElement.prototype
    HTMLMediaElement.prototype.play = function (this: HTMLMediaElement) {
      if (this.src !== '') probe.starts++
      probe.elements.add(this)
      return play.call(this)
    }
    const measure = (samples: Float32Array, rate: number) => {
      const wasSilent = engine.isSilent
      engine.maxLevel = samples.reduce((max, sample) => Math.max(max, Math.abs(sample)), 0)
      engine.isSilent = engine.maxLevel === 0
      if (engine.isSilent) return
      if (wasSilent) engine.starts++
      engine.heardSeconds += samples.length / rate
      const crossings = samples.filter((sample, index) => sample >= 0 && (samples[index - 1] ?? 0) < 0).length
      const hertz = (crossings * rate) / samples.length
      // The ends of a song are cut off, and the number of crossings is whole.
      if (hertz > 0) engine.pitch = Math.round(12 * Math.log2(hertz / 220))
    }
    window.AudioWorkletNode = class extends AudioWorkletNode {
      constructor(context: BaseAudioContext, name: string, options?: AudioWorkletNodeOptions) {
        super(context, name, options)
        if (name !== 'pcm-reader') return
        const processor = context.createScriptProcessor(4096, 2, 1)
        processor.onaudioprocess = ({ inputBuffer }) =>
          measure(inputBuffer.getChannelData(0), context.sampleRate)
        this.connect(processor).connect(context.destination)
      }
    }
  })
}

/** Returns what is heard; undefined in silence. Ignores the empty elements that Howler starts to unlock playback. */
export async function readPlayingSound(page: Page): Promise<PlayingSound | undefined> {
  return await page.evaluate(() => {
    const probe = (window as ProbedWindow).soundProbe
    if (probe === undefined) return undefined
    const { engine } = probe
    if (!engine.isSilent)
      return { address: `tone ${engine.pitch}`, position: engine.heardSeconds, starts: engine.starts }
    const element = [...probe.elements].find(
      ({ src, paused, ended, loop }) => src !== '' && !paused && !ended && !loop,
    )
    return element && { address: element.src, position: element.currentTime, starts: probe.starts }
  })
}
