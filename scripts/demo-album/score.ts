/** Notes and chords as written: `F#5:1.5` is a note and its beats, `-:1` a rest, `Bm7/A` a chord over its bass. */

export interface Written {
  /** MIDI number, or undefined for a rest. */
  readonly pitch: number | undefined
  readonly beats: number
}

export interface Chord {
  /** Pitch classes 0 … 11, root first. */
  readonly classes: readonly number[]
  readonly bass: number
}

const steps: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }

const qualities: Readonly<Record<string, readonly number[]>> = {
  '': [0, 4, 7],
  m: [0, 3, 7],
  '7': [0, 4, 7, 10],
  m7: [0, 3, 7, 10],
  maj7: [0, 4, 7, 11],
  maj9: [0, 4, 11, 14],
  m9: [0, 3, 10, 14],
  add9: [0, 4, 7, 14],
  sus4: [0, 5, 7],
  '7sus4': [0, 5, 7, 10],
}

/** A line of notes, moved by `transpose` semitones. */
export function line(text: string, transpose = 0): Written[] {
  return words(text).map((word) => {
    const [, name, beats] = /^(-|[A-G][#b]?\d):([\d.]+)$/.exec(word) ?? fail(word)
    if (!name || !beats) fail(word)
    return { pitch: name === '-' ? undefined : pitch(name) + transpose, beats: Number(beats) }
  })
}

export function chords(text: string, transpose = 0): Chord[] {
  return words(text).map((word) => {
    const [, root, quality = '', over] =
      /^([A-G][#b]?)([a-z0-9]*)(?:\/([A-G][#b]?))?$/.exec(word) ?? fail(word)
    const intervals = qualities[quality]
    if (!root || !intervals) fail(word)
    const at = (name: string) => (pitchClass(name) + transpose + 120) % 12
    return { classes: intervals.map((interval) => (at(root) + interval) % 12), bass: at(over ?? root) }
  })
}

/** MIDI numbers for each chord, low to high, so that from one to the next the voices move as little as they can. */
export function voiceLeading(progression: readonly Chord[], centre: number): number[][] {
  const result: number[][] = []
  let former: readonly number[] | undefined
  for (const chord of progression) {
    const best = voicings(chord, centre).reduce((one, other) =>
      cost(other, former, centre) < cost(one, former, centre) ? other : one,
    )
    result.push(best)
    former = best
  }
  return result
}

/** The pitch of this class that lies nearest above `floor`. */
export function above(floor: number, pitchClass: number): number {
  return floor + ((((pitchClass - floor) % 12) + 12) % 12)
}

/** Every closed position of the chord within an octave of `centre`. */
function voicings(chord: Chord, centre: number): number[][] {
  return Array.from({ length: 13 }, (_, offset) => {
    const floor = centre - 12 + offset
    return chord.classes.map((each) => above(floor, each)).sort((a, b) => a - b)
  })
}

function cost(voicing: readonly number[], former: readonly number[] | undefined, centre: number): number {
  const middle = voicing.reduce((sum, each) => sum + each, 0) / voicing.length
  const drift = Math.abs(middle - centre) * 0.6
  if (!former) return drift
  const moved = voicing.map((each) => Math.min(...former.map((other) => Math.abs(other - each))))
  return drift + moved.reduce((sum, each) => sum + each, 0)
}

function pitch(name: string): number {
  return pitchClass(name.slice(0, -1)) + 12 * (Number(name.slice(-1)) + 1)
}

function pitchClass(name: string): number {
  const step = steps[name.charAt(0)] ?? fail(name)
  return step + (name.endsWith('#') ? 1 : name.endsWith('b') ? -1 : 0)
}

function words(text: string): string[] {
  return text.split(/[\s|]+/).filter(Boolean)
}

function fail(word: string): never {
  throw new Error(`"${word}" is neither a note nor a chord`)
}
