import { seededRandom } from '../../scripts/seeded-random.ts'
import { addEcho, addReverb, masterMix } from './effects.ts'
import { type Instrument, sampleRate } from './instruments.ts'
import { type Chord, leadVoices, pitchAbove, type WrittenNote } from './score.ts'

/** Where an instrument stands and how loud it is. */
export interface MixSettings {
  readonly gain: number
  /** −1 left … 1 right. */
  readonly pan?: number
  /** How much goes to the room, 0 … 1. */
  readonly room?: number
  /** How much goes to the echo, 0 … 1. */
  readonly echo?: number
  /** True plays the note twice, left and right, for instruments whose chance makes the two differ. */
  readonly wide?: boolean
}

export interface Stereo {
  readonly left: Float32Array
  readonly right: Float32Array
}

interface ArrangementOptions {
  readonly beatsPerMinute: number
  readonly beats: number
  readonly seed: number
  /** Seconds that the last beat rings on. */
  readonly tail?: number
}

/** A song being put together: instruments play on it at beats, `finish` mixes what they played. */
export class Arrangement {
  readonly #secondsPerBeat: number
  readonly #random: () => number
  readonly #dry: Stereo
  readonly #room: Stereo
  readonly #echo: Stereo

  constructor({ beatsPerMinute, beats, seed, tail = 3 }: ArrangementOptions) {
    this.#secondsPerBeat = 60 / beatsPerMinute
    this.#random = seededRandom(seed)
    const length = Math.round((beats * this.#secondsPerBeat + tail) * sampleRate)
    const stereo = () => ({ left: new Float32Array(length), right: new Float32Array(length) })
    this.#dry = stereo()
    this.#room = stereo()
    this.#echo = stereo()
  }

  /** One note; `pitch` is a MIDI number. */
  play(
    voice: Instrument,
    pitch: number,
    beat: number,
    beats: number,
    velocity: number,
    place: MixSettings,
  ): void {
    const late = (this.#random() - 0.5) * 0.008 // people are not clocks
    const start = Math.max(0, Math.round((beat * this.#secondsPerBeat + late) * sampleRate))
    const note = {
      hertz: 440 * 2 ** ((pitch - 69) / 12),
      seconds: beats * this.#secondsPerBeat,
      velocity: Math.min(1, velocity * (0.94 + this.#random() * 0.12)),
      random: this.#random,
    }
    if (place.wide) {
      this.#add(voice(note), start, { ...place, pan: -0.75, gain: place.gain * 0.7 })
      this.#add(voice(note), start, { ...place, pan: 0.75, gain: place.gain * 0.7 })
    } else this.#add(voice(note), start, place)
  }

  /** A melody from `beat` on; notes on the first beat of a bar are played a little stronger. */
  line(
    voice: Instrument,
    notes: readonly WrittenNote[],
    beat: number,
    place: MixSettings,
    beatsOfBar = 4,
  ): void {
    let at = beat
    for (const { pitch, beats } of notes) {
      const strong = (at - beat) % beatsOfBar === 0 ? 0.1 : 0
      if (pitch !== undefined) this.play(voice, pitch, at, beats * 0.94, 0.72 + strong, place)
      at += beats
    }
  }

  /**
   * Chords struck together, led smoothly around the pitch `centre`: each is held for its `beatsEach`, or struck
   * as `strokes` say: [beat, beats].
   */
  held(
    voice: Instrument,
    progression: readonly Chord[],
    beat: number,
    beatsEach: number,
    centre: number,
    place: MixSettings,
    strokes: readonly (readonly [number, number])[] = [[0, beatsEach * 0.97]],
  ): void {
    for (const [index, pitches] of leadVoices(progression, centre).entries()) {
      for (const [offset, beats] of strokes) {
        for (const pitch of pitches) {
          this.play(voice, pitch, beat + index * beatsEach + offset, beats, offset === 0 ? 0.7 : 0.55, place)
        }
      }
    }
  }

  /**
   * Chords broken: in each, the steps of `pattern` follow one another `stepBeats` apart. A step is a place in the chord (its
   * length and more go on an octave higher), or −1 for a rest.
   */
  broken(
    voice: Instrument,
    progression: readonly Chord[],
    beat: number,
    beatsEach: number,
    centre: number,
    pattern: {
      readonly steps: readonly number[]
      readonly stepBeats: number
      readonly velocity?: (beat: number) => number
    },
    place: MixSettings,
  ): void {
    const { steps, stepBeats, velocity = () => 0.7 } = pattern
    for (const [index, pitches] of leadVoices(progression, centre).entries()) {
      for (const [count, step] of steps.entries()) {
        const pitch = pitches[((step % pitches.length) + pitches.length) % pitches.length]
        if (step < 0 || pitch === undefined || count * stepBeats >= beatsEach) continue
        const at = beat + index * beatsEach + count * stepBeats
        const octave = 12 * Math.floor(step / pitches.length)
        const accent = count % 4 === 0 ? 0.08 : 0
        this.play(voice, pitch + octave, at, stepBeats * 1.6, velocity(at) + accent, place)
      }
    }
  }

  /** The chords' bass notes above the pitch `floor`: `rhythm` gives in each chord [beat, beats, semitones above the bass]. */
  bassLine(
    voice: Instrument,
    progression: readonly Chord[],
    beat: number,
    beatsEach: number,
    floor: number,
    rhythm: readonly (readonly [number, number, number])[],
    place: MixSettings,
  ): void {
    for (const [index, chord] of progression.entries()) {
      for (const [offset, beats, interval] of rhythm) {
        this.play(
          voice,
          pitchAbove(floor, chord.bass) + interval,
          beat + index * beatsEach + offset,
          beats,
          0.75,
          place,
        )
      }
    }
  }

  /** Strokes of a drum at these beats of each bar: [beat, velocity]. `beats` is how long a stroke sounds. */
  drum(
    voice: Instrument,
    bars: { readonly from: number; readonly count: number; readonly beats: number },
    strokes: readonly (readonly [number, number])[],
    place: MixSettings,
    beats = 0.25,
  ): void {
    for (let bar = 0; bar < bars.count; bar++) {
      for (const [beat, velocity] of strokes) {
        this.play(voice, 60, bars.from + bar * bars.beats + beat, beats, velocity, place)
      }
    }
  }

  /** The mix, at the loudness the album has, faded out over its last `fadeOut` seconds. */
  finish(fadeOut: number): Stereo {
    const { left, right } = this.#dry
    for (const wet of [addReverb(this.#room), addEcho(this.#echo, this.#secondsPerBeat * 0.75)]) {
      for (let place = 0; place < left.length; place++) {
        left[place] = (left[place] ?? 0) + (wet.left[place] ?? 0)
        right[place] = (right[place] ?? 0) + (wet.right[place] ?? 0)
      }
    }
    return masterMix({ left, right }, fadeOut)
  }

  #add(
    sound: Float32Array,
    start: number,
    { gain, pan = 0, room = 0.2, echo: echoed = 0 }: MixSettings,
  ): void {
    const angle = ((pan + 1) * Math.PI) / 4
    const toLeft = Math.cos(angle) * gain
    const toRight = Math.sin(angle) * gain
    const { left, right } = this.#dry
    const length = Math.min(sound.length, left.length - start)
    for (let place = 0; place < length; place++) {
      const value = sound[place] ?? 0
      const at = start + place
      left[at] = (left[at] ?? 0) + value * toLeft
      right[at] = (right[at] ?? 0) + value * toRight
      this.#room.left[at] = (this.#room.left[at] ?? 0) + value * toLeft * room
      this.#room.right[at] = (this.#room.right[at] ?? 0) + value * toRight * room
      if (echoed === 0) continue
      this.#echo.left[at] = (this.#echo.left[at] ?? 0) + value * toLeft * echoed
      this.#echo.right[at] = (this.#echo.right[at] ?? 0) + value * toRight * echoed
    }
  }
}
