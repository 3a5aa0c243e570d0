/** The six songs of the demo album: what is played when, by what. */

import { Arrangement, type Stereo } from './arrangement.ts'
import {
  bass,
  bell,
  brush,
  electricPiano,
  flute,
  hat,
  kick,
  lead,
  marimba,
  pad,
  pluck,
  strings,
  synthPluck,
} from './instruments.ts'
import { type Chord, parseChords, parseLine } from './score.ts'

export interface AlbumSong {
  readonly title: string
  readonly genre: string
  readonly compose: () => Stereo
}

export const songs: readonly AlbumSong[] = [
  { title: 'First Thread', genre: 'Folk', compose: firstThread },
  { title: 'Three Strands', genre: 'Chamber', compose: threeStrands },
  { title: 'Warp and Weft', genre: 'Electronic', compose: warpAndWeft },
  { title: 'Waiting by the Loom', genre: 'Ambient', compose: waitingByTheLoom },
  { title: 'Tangle, Untangle', genre: 'Jazz', compose: tangleUntangle },
  { title: 'All Joined', genre: 'Folk', compose: allJoined },
]

const theme = `F#5:1.5 E5:.5 D5:1 A4:1 | C#5:1.5 D5:.5 E5:2 | D5:1 C#5:.5 B4:.5 F#4:2 | G4:1 A4:.5 B4:.5 D5:2
  | A5:1.5 G5:.5 F#5:1 D5:1 | B4:1 D5:1 G5:1.5 F#5:.5 | E5:2 D5:1 E5:1 | C#5:1 B4:.5 C#5:.5 A4:2`

const themeGrown = `F#5:1.5 E5:.5 D5:.5 F#5:.5 A5:1 | A5:1.5 B5:.5 E5:2 | D5:.5 E5:.5 F#5:.5 D5:.5 B4:2
  | B4:.5 D5:.5 G5:1 F#5:.5 E5:.5 D5:1 | E5:1 G5:1 B5:1.5 A5:.5 | A5:1 G5:.5 F#5:.5 E5:1 C#5:1 | D5:4 | -:4`

const themeChords = 'D A/C# Bm G D/F# G Asus4 A'
const themeGrownChords = 'D A/C# Bm G Em7 A Dadd9 D'

const rolling = { steps: [0, 1, 2, 3, 4, 3, 2, 1], stepBeats: 0.5 }

/** D major, 100 beats a minute: a guitar, then a flute with a tune, then the others. */
function firstThread(): Stereo {
  const stage = new Arrangement({ beatsPerMinute: 100, beats: 80, seed: 1 })
  const verse = parseChords(`D A/C# Bm G ${themeChords} ${themeGrownChords}`)
  const grown = verse.slice(4)
  stage.broken(pluck, verse.slice(0, -1), 0, 4, 57, rolling, { gain: 0.5, pan: -0.3, room: 0.25 })
  stage.held(pluck, verse.slice(-1), 76, 4, 57, { gain: 0.5, pan: -0.3, room: 0.3 })
  stage.held(electricPiano, grown, 16, 4, 62, { gain: 0.2, pan: 0.35, room: 0.3 })
  stage.bassLine(
    bass,
    verse.slice(2),
    8,
    4,
    33,
    [
      [0, 1.8, 0],
      [2, 1.4, 0],
      [3.5, 0.5, 7],
    ],
    { gain: 0.42, room: 0.03 },
  )
  stage.line(flute, parseLine(theme), 16, { gain: 0.4, pan: 0.1, room: 0.45, echo: 0.12 })
  stage.line(flute, parseLine(themeGrown), 48, { gain: 0.42, pan: 0.1, room: 0.45, echo: 0.12 })
  stage.held(strings, grown.slice(8), 48, 4, 64, { gain: 0.25, room: 0.5, wide: true })
  const bars = { from: 32, count: 11, beats: 4 }
  stage.drum(
    kick,
    bars,
    [
      [0, 0.7],
      [2.5, 0.45],
    ],
    { gain: 0.5, room: 0.05 },
  )
  stage.drum(
    brush,
    bars,
    [
      [1, 0.5],
      [3, 0.6],
      [3.75, 0.2],
    ],
    { gain: 0.32, pan: 0.1, room: 0.2 },
  )
  stage.drum(hat, bars, eighthBeats(0.5, 0.25), { gain: 0.3, pan: -0.25, room: 0.1 }, 0.12)
  return stage.finish(3.5)
}

/** A minor, in three: a round, whose three voices enter one after the other over the same ground. */
function threeStrands(): Stereo {
  const stage = new Arrangement({ beatsPerMinute: 150, beats: 108, seed: 2, tail: 3.5 })
  const calm = 'C5:2 B4:1 | B4:2 D5:1 | C5:2 A4:1 | G#4:3 | A4:2 C5:1 | A4:1 D5:1 F5:1 | E5:2 D5:1 | C5:3'
  const quick = `E5:.5 D5:.5 E5:1 A5:1 | G5:.5 F5:.5 G5:1 D5:1 | A5:.5 G5:.5 F5:1 C5:1 | B4:1 E5:2
    | E5:.5 F5:.5 E5:1 C5:1 | D5:.5 E5:.5 F5:1 A5:1 | G#5:1 B5:1 E5:1 | A5:3`
  const sparse = `-:1 A4:1 C5:1 | -:1 B4:1 G4:1 | -:1 F4:1 A4:1 | -:1 B4:1 E4:1
    | -:1 E4:1 A4:1 | -:1 F4:1 D5:1 | -:1 G#4:1 B4:1 | A4:3`
  const ground = parseChords('Am G F E Am Dm E Am')
  const section = 24
  const left = { gain: 0.5, pan: -0.55, room: 0.3 }
  const right = { gain: 0.55, pan: 0.55, room: 0.3 }
  const middle = { gain: 0.34, pan: 0, room: 0.45 }
  stage.line(
    marimba,
    [...parseLine(calm), ...parseLine(quick), ...parseLine(sparse), ...parseLine(calm, 12)],
    0,
    left,
    3,
  )
  stage.line(pluck, [...parseLine(calm), ...parseLine(quick), ...parseLine(sparse)], section, right, 3)
  stage.line(flute, [...parseLine(calm), ...parseLine(quick)], 2 * section, middle, 3)
  for (let round = 0; round < 4; round++) {
    const beat = round * section
    stage.bassLine(bass, ground, beat, 3, 33, [[0, 2.6, 0]], { gain: 0.34, room: 0.1 })
    if (round === 0) continue
    stage.held(pad, ground, beat, 3, 57, { gain: 0.16 + 0.04 * round, room: 0.5, wide: true })
    stage.drum(
      hat,
      { from: beat, count: 8, beats: 3 },
      [
        [1, 0.35],
        [2, 0.45],
      ],
      { gain: 0.26, pan: 0.2, room: 0.2 },
      0.15,
    )
  }
  const end = parseChords('Am')
  stage.held(strings, end, 4 * section, 9, 60, { gain: 0.3, room: 0.6, wide: true })
  stage.bassLine(bass, end, 4 * section, 9, 33, [[0, 8, 0]], { gain: 0.34 })
  stage.line(marimba, parseLine('A4:1 E5:1 A5:1 | C6:1 A5:1 E5:1 | A5:3'), 4 * section, left, 3)
  stage.line(pluck, parseLine('-:3 | A4:1.5 C5:1.5 | E5:3'), 4 * section, right, 3)
  return stage.finish(4)
}

/** E minor, 120 beats a minute: a machine at work, whose pattern brightens as it goes. */
function warpAndWeft(): Stereo {
  const stage = new Arrangement({ beatsPerMinute: 120, beats: 100, seed: 3 })
  const first = parseChords('Em7 Cmaj7 G D')
  const bridge = parseChords('Am7 Cmaj7 G D Am7 Cmaj7 D D')
  const all = [...first, ...first, ...first, ...bridge.slice(0, 4), ...first, ...first]
  const steps = [0, 2, 4, 1, 3, 5, 2, 4, 0, 3, 5, 1, 4, 2, 6, 3]
  const opening = (beat: number) => 0.28 + 0.55 * Math.min(1, beat / 64)
  stage.broken(
    synthPluck,
    all,
    0,
    4,
    60,
    { steps, stepBeats: 0.25, velocity: opening },
    { gain: 0.42, pan: -0.25, room: 0.25, echo: 0.3 },
  )
  stage.held(pad, all, 0, 4, 57, { gain: 0.28, room: 0.4, wide: true })
  const tune = `B4:1.5 E5:1.5 F#5:1 | G5:1.5 F#5:1.5 E5:1 | D5:1.5 B4:1.5 G4:1 | A4:3 -:1
    | B4:1.5 E5:1.5 G5:1 | G5:1.5 A5:1.5 G5:1 | B5:1.5 A5:1.5 G5:1 | F#5:2 D5:2`
  const answer = `E5:1 B4:.5 E5:1 F#5:1.5 | G5:1 F#5:.5 G5:1 B5:1.5 | A5:1.5 G5:1.5 D5:1 | F#5:3 E5:1
    | G5:1.5 F#5:.5 E5:1 B5:1 | B5:1.5 A5:1.5 G5:1 | D6:1.5 B5:1.5 A5:1 | A5:2 F#5:2`
  const singing = { gain: 0.34, pan: 0.12, room: 0.35, echo: 0.3 }
  stage.line(lead, parseLine(tune), 16, singing)
  stage.line(lead, parseLine(answer), 64, singing)
  stage.line(bell, parseLine('-:2 E6:2 | -:2 D6:2 | -:2 B5:2 | A5:4'), 48, {
    gain: 0.34,
    pan: 0.4,
    room: 0.5,
    echo: 0.4,
  })
  stage.line(bell, parseLine('E5:4 | G5:4 | B5:4 | A5:4 | E5:4 | G5:4 | D5:4 | F#5:4'), 64, {
    gain: 0.26,
    pan: -0.4,
    room: 0.5,
  })
  const pulse = [
    [0, 0.4, 0],
    [0.75, 0.4, 0],
    [1.5, 0.4, 12],
    [2.5, 0.4, 0],
    [3, 0.4, 7],
    [3.5, 0.4, 12],
  ] as const
  stage.bassLine(bass, all.slice(4, 12), 16, 4, 31, pulse, { gain: 0.4, room: 0.02 })
  stage.bassLine(bass, all.slice(12, 16), 48, 4, 31, [[0, 3.6, 0]], { gain: 0.36, room: 0.02 })
  stage.bassLine(bass, all.slice(16), 64, 4, 31, pulse, { gain: 0.42, room: 0.02 })
  for (const [from, count] of [
    [16, 8],
    [64, 8],
  ] as const) {
    const bars = { from, count, beats: 4 }
    stage.drum(
      kick,
      bars,
      [
        [0, 0.8],
        [1, 0.7],
        [2, 0.8],
        [3, 0.7],
      ],
      { gain: 0.58, room: 0.02 },
    )
    stage.drum(
      brush,
      bars,
      [
        [1, 0.55],
        [3, 0.6],
      ],
      { gain: 0.3, room: 0.25 },
    )
    stage.drum(
      hat,
      bars,
      [
        [0.5, 0.6],
        [1.5, 0.6],
        [2.5, 0.6],
        [3.5, 0.6],
        [3.75, 0.3],
      ],
      { gain: 0.34, pan: 0.2, room: 0.08 },
      0.14,
    )
  }
  const end = parseChords('Em7')
  stage.held(strings, end, 96, 6, 60, { gain: 0.32, room: 0.6, wide: true })
  stage.bassLine(bass, end, 96, 4, 31, [[0, 6, 0]], { gain: 0.42 })
  stage.play(lead, 76, 96, 5, 0.6, singing)
  return stage.finish(3.5)
}

/** F major, 63 beats a minute: long chords, and a piano that thinks before each phrase. */
function waitingByTheLoom(): Stereo {
  const stage = new Arrangement({ beatsPerMinute: 63, beats: 48, seed: 4, tail: 4 })
  const ground = parseChords('Fmaj9 Dm9 Bbmaj7 C7sus4 Am7 Dm9 Gm9 C7sus4 Fmaj9 Dm9 Bbmaj7 Fmaj9')
  stage.held(pad, ground, 0, 4, 60, { gain: 0.42, room: 0.7, wide: true })
  stage.bassLine(bass, ground, 0, 4, 29, [[0, 3.6, 0]], { gain: 0.32, room: 0.2 })
  stage.broken(
    pluck,
    ground.slice(4),
    16,
    4,
    64,
    { steps: [0, 2, 1, 3], stepBeats: 1, velocity: () => 0.45 },
    { gain: 0.3, pan: -0.45, room: 0.6, echo: 0.3 },
  )
  const piano = { gain: 0.42, pan: 0.15, room: 0.55, echo: 0.22 }
  stage.line(
    electricPiano,
    parseLine(`-:1 C5:1 E5:.5 G5:1.5 | F5:1 E5:.5 A4:2.5 | -:1 D5:1 F5:.5 A5:1.5 | G5:1 F5:1 C5:2
      | -:1 C5:1 E5:.5 G5:.5 C6:1 | A5:1.5 G5:.5 F5:2 | -:.5 D5:.5 F5:1 A5:1 Bb5:1 | G5:3 F5:1
      | E5:1 G5:1 C6:2 | A5:1 F5:1 E5:2 | D5:1 F5:1 A5:2 | C6:4`),
    0,
    piano,
  )
  stage.line(
    bell,
    parseLine(
      '-:3 G6:1 | -:4 | -:3 F6:1 | -:4 | E6:1 C6:3 | -:4 | A5:2 D6:2 | -:4 | G6:2 E6:2 | -:4 | F6:2 D6:2 | C6:4',
    ),
    16,
    { gain: 0.2, pan: 0.5, room: 0.8, echo: 0.4 },
  )
  stage.held(strings, ground.slice(6), 24, 4, 69, { gain: 0.16, room: 0.7, wide: true })
  return stage.finish(5)
}

/** G minor in five: knotted at first, loosened into G major at the end. */
function tangleUntangle(): Stereo {
  const stage = new Arrangement({ beatsPerMinute: 152, beats: 100, seed: 5 })
  const opening = parseChords('Gm7 Cm7')
  const verse = parseChords('Gm7 Cm7 Gm7 Cm7 Ebmaj7 F Gm7 D7')
  const bridge = parseChords('Cm7 F7 Bbmaj7 Ebmaj7')
  const last = parseChords('Gm7 Cm7 Ebmaj7 D7 Gadd9 G')
  const all: Chord[] = [...opening, ...verse, ...bridge, ...last]
  const comping = [
    [0, 1.2],
    [1.5, 0.7],
    [3, 0.7],
    [4, 0.6],
  ] as const
  const piano = { gain: 0.24, pan: -0.3, room: 0.25 }
  stage.held(electricPiano, all.slice(0, -1), 0, 5, 60, piano, comping)
  stage.held(electricPiano, parseChords('G'), 95, 6, 60, piano)
  const walking = [
    [0, 1.4, 0],
    [1.5, 0.5, 7],
    [2, 0.9, 12],
    [3, 0.9, 7],
    [4, 0.9, 0],
  ] as const
  stage.bassLine(bass, all.slice(0, -1), 0, 5, 31, walking, { gain: 0.42, room: 0.05 })
  stage.bassLine(bass, parseChords('G'), 95, 5, 31, [[0, 6, 0]], { gain: 0.42 })
  const tune = `G4:.5 A4:.5 Bb4:1 D5:1 C5:1 Bb4:1 | G4:.5 A4:.5 C5:1 Eb5:1 D5:1 C5:1 | Bb4:.5 C5:.5 D5:1 G5:1 F5:1 D5:1
    | Eb5:1.5 D5:.5 C5:1 G4:2 | Bb4:1 D5:1 Eb5:1 G5:2 | A5:1 G5:.5 F5:.5 C5:1 F5:2
    | D5:.5 Eb5:.5 D5:1 Bb4:1 G4:2 | A4:1 C5:1 F#5:1 A5:2`
  const loosened = `G4:.5 A4:.5 Bb4:1 D5:1 C5:1 Bb4:1 | G4:.5 A4:.5 C5:1 Eb5:1 D5:1 C5:1 | Bb4:1 D5:1 Eb5:1 G5:2
    | F#5:1 A5:1 G5:.5 F#5:.5 D5:2 | G5:1.5 A5:.5 B5:1 D6:2 | B5:5`
  stage.line(marimba, parseLine(tune), 10, { gain: 0.5, pan: 0.25, room: 0.25 }, 5)
  stage.line(
    flute,
    parseLine(
      'G5:1.5 F5:.5 Eb5:1 C5:2 | F5:1.5 Eb5:.5 C5:1 A4:2 | D5:1.5 F5:.5 A5:1 D5:2 | G5:1 F5:1 Eb5:1 D5:1 Bb4:1',
    ),
    50,
    { gain: 0.38, pan: 0.1, room: 0.4, echo: 0.15 },
    5,
  )
  stage.line(marimba, parseLine(loosened), 70, { gain: 0.46, pan: 0.3, room: 0.25 }, 5)
  stage.line(flute, parseLine(loosened), 70, { gain: 0.26, pan: -0.1, room: 0.45 }, 5)
  stage.held(strings, last, 70, 5, 62, { gain: 0.18, room: 0.5, wide: true })
  const bars = { from: 10, count: 17, beats: 5 }
  stage.drum(
    kick,
    bars,
    [
      [0, 0.7],
      [3, 0.6],
    ],
    { gain: 0.42, room: 0.05 },
  )
  stage.drum(
    brush,
    bars,
    [
      [2, 0.35],
      [2.5, 0.25],
      [4, 0.5],
    ],
    { gain: 0.34, pan: 0.1, room: 0.2 },
  )
  stage.drum(
    hat,
    { ...bars, from: 0, count: 19 },
    [
      [0, 0.5],
      [1, 0.6],
      [1.66, 0.3],
      [2, 0.5],
      [3, 0.5],
      [4, 0.6],
      [4.66, 0.3],
    ],
    { gain: 0.34, pan: -0.25, room: 0.15 },
    0.3,
  )
  return stage.finish(3)
}

/** G major, 76 beats a minute: the tune of the first song, slower, with everyone. */
function allJoined(): Stereo {
  const stage = new Arrangement({ beatsPerMinute: 76, beats: 56, seed: 6, tail: 4.5 })
  const down = -7 // the theme is in D
  const verse = parseChords('G D/F# Em7 Cmaj7 C D Gadd9 G')
  const ending = parseChords('Cmaj7 G/B Am7 G')
  const all = [...parseChords('G Cmaj7'), ...verse, ...ending]
  const sixteenths = { steps: [0, 1, 2, 3, 4, 3, 2, 1], stepBeats: 0.5, velocity: () => 0.6 }
  stage.broken(pluck, all.slice(0, -1), 0, 4, 55, sixteenths, { gain: 0.44, pan: -0.4, room: 0.3 })
  stage.held(pluck, all.slice(-1), 52, 4, 55, { gain: 0.4, pan: -0.4, room: 0.3 })
  stage.held(electricPiano, all, 0, 4, 60, { gain: 0.22, pan: 0.35, room: 0.35 })
  stage.bassLine(
    bass,
    all.slice(0, -1),
    0,
    4,
    31,
    [
      [0, 2.4, 0],
      [2.5, 1.2, 7],
    ],
    { gain: 0.4, room: 0.05 },
  )
  stage.bassLine(bass, all.slice(-1), 52, 4, 31, [[0, 5, 0]], { gain: 0.4 })
  stage.held(strings, all.slice(2), 8, 4, 64, { gain: 0.3, room: 0.55, wide: true })
  stage.line(flute, parseLine(themeGrown, down).slice(0, -1), 8, {
    gain: 0.4,
    pan: 0.05,
    room: 0.5,
    echo: 0.12,
  })
  stage.line(
    marimba,
    parseLine(
      '-:2 D5:1 B4:1 | -:2 A4:1 D5:1 | -:2 G4:1 B4:1 | -:2 E5:1 G5:1 | -:2 C5:1 E5:1 | -:2 A4:1 F#4:1 | B4:1 D5:1 G5:1 B5:1 | A5:2 D5:2',
    ),
    8,
    { gain: 0.34, pan: 0.5, room: 0.35 },
  )
  stage.line(flute, parseLine('-:1 B5:1.5 A5:.5 G5:1 | D5:2 G5:2 | E5:1 G5:1 A5:1 F#5:1 | G5:4'), 40, {
    gain: 0.36,
    pan: 0.05,
    room: 0.5,
    echo: 0.15,
  })
  stage.line(bell, parseLine('E6:2 D6:2 | B5:2 D6:2 | C6:2 A5:2 | G5:1 B5:1 D6:1 G6:1'), 40, {
    gain: 0.22,
    pan: -0.35,
    room: 0.6,
    echo: 0.3,
  })
  const bars = { from: 8, count: 11, beats: 4 }
  stage.drum(
    kick,
    bars,
    [
      [0, 0.6],
      [2.5, 0.45],
    ],
    { gain: 0.46, room: 0.05 },
  )
  stage.drum(
    brush,
    bars,
    [
      [1, 0.4],
      [3, 0.5],
    ],
    { gain: 0.32, pan: 0.1, room: 0.3 },
  )
  stage.drum(hat, bars, eighthBeats(0.4, 0.22), { gain: 0.26, pan: -0.2, room: 0.1 }, 0.12)
  return stage.finish(5)
}

/** The eight eighths of a bar in four, on the beat and off it. */
function eighthBeats(on: number, off: number): readonly (readonly [number, number])[] {
  return Array.from({ length: 8 }, (_, place) => [place / 2, place % 2 === 0 ? on : off] as const)
}
