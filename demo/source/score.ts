/** Notes and chords as written: `F#5:1.5` is a note and its beats, `-:1` a rest, `Bm7/A` a chord over its bass. */

export interface WrittenNote {
  /** MIDI number, or undefined for a rest. */
  readonly pitch: number | undefined
  readonly beats: number
}

export interface Chord {
  /** Pitch classes 0 … 11, root first. */
  readonly classes: readonly number[]
  readonly bass: number
}

const naturalSteps: Readonly<Record<string, number>> = { C: 0, D: 2, E: 4, F: 5, G: 7, A: 9, B: 11 }

const chordQualities: Readonly<Record<string, readonly number[]>> = {
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
export function parseLine(text: string, transpose = 0): WrittenNote[] {
  return splitWords(text).map((word) => {
    const [, name, beats] = /^(-|[A-G][#b]?\d):([\d.]+)$/.exec(word) ?? failOnWord(word)
    if (!name || !beats) failOnWord(word)
    return { pitch: name === '-' ? undefined : parsePitch(name) + transpose, beats: Number(beats) }
  })
}

export function parseChords(text: string, transpose = 0): Chord[] {
  return splitWords(text).map((word) => {
    const [, root, quality = '', over] =
      /^([A-G][#b]?)([a-z0-9]*)(?:\/([A-G][#b]?))?$/.exec(word) ?? failOnWord(word)
    const intervals = chordQualities[quality]
    if (!root || !intervals) failOnWord(word)
    const at = (name: string) => (parsePitchClass(name) + transpose + 120) % 12
    return { classes: intervals.map((interval) => (at(root) + interval) % 12), bass: at(over ?? root) }
  })
}

/** MIDI numbers for each chord, low to high, so that from one to the next the voices move as little as they can. */
export function leadVoices(progression: readonly Chord[], centre: number): number[][] {
  const result: number[][] = []
  let former: readonly number[] | undefined
  for (const chord of progression) {
    const best = voicings(chord, centre).reduce((one, other) =>
      voicingCost(other, former, centre) < voicingCost(one, former, centre) ? other : one,
    )
    result.push(best)
    former = best
  }
  return result
}

/** The pitch of this class that lies nearest above `floor`. */
export function pitchAbove(floor: number, pitchClass: number): number {
  return floor + ((((pitchClass - floor) % 12) + 12) % 12)
}

/** Every closed position of the chord within an octave of `centre`. */
function voicings(chord: Chord, centre: number): number[][] {
  return Array.from({ length: 13 }, (_, offset) => {
    const floor = centre - 12 + offset
    return chord.classes.map((each) => pitchAbove(floor, each)).sort((a, b) => a - b)
  })
}

function voicingCost(
  voicing: readonly number[],
  former: readonly number[] | undefined,
  centre: number,
): number {
  const middle = voicing.reduce((sum, each) => sum + each, 0) / voicing.length
  const drift = Math.abs(middle - centre) * 0.6
  if (!former) return drift
  const moved = voicing.map((each) => Math.min(...former.map((other) => Math.abs(other - each))))
  return drift + moved.reduce((sum, each) => sum + each, 0)
}

function parsePitch(name: string): number {
  return parsePitchClass(name.slice(0, -1)) + 12 * (Number(name.slice(-1)) + 1)
}

function parsePitchClass(name: string): number {
  const step = naturalSteps[name.charAt(0)] ?? failOnWord(name)
  return step + (name.endsWith('#') ? 1 : name.endsWith('b') ? -1 : 0)
}

function splitWords(text: string): string[] {
  return text.split(/[\s|]+/).filter(Boolean)
}

function failOnWord(word: string): never {
  throw new Error(`"${word}" is neither a note nor a chord`)
}
