import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeId3Tag } from '../tests/fixtures/id3-tag.ts'
import { createWaveFile } from '../tests/fixtures/wave-file.ts'
import { encodePng } from './png.ts'

/** Invented albums: artist, title, year. */
const albums = [
  ['Ada Verne', 'Quiet Machines', 2019],
  ['Bright Harbour', 'Tidewater', 2004],
  ['The Cartographers', 'Unmapped', 1998],
  ['Delia Fenn', 'Small Hours', 2021],
  ['Ember & Oak', 'Kindling', 2012],
  ['Farol', 'Luz de Inverno', 2016],
  ['Glass Orchard', 'Every Window', 2008],
  ['Hollow Bell', 'Weathervane', 1987],
  ['Ines Marlow', 'Letters North', 2023],
  ['Juniper Lane', 'The Long Way', 2001],
  ['Kettle Drum Five', 'Five by Five', 1974],
  ['Lowland Choir', 'Evensong', 1995],
  ['Mira Solberg', 'Snowblind', 2018],
  ['Night Ferry', 'Crossing', 2010],
  ['Ocean Clocks', 'Slack Water', 2015],
] as const

type Colour = readonly [red: number, green: number, blue: number]

const palettes: readonly (readonly [ground: Colour, form: Colour, light: Colour])[] = [
  [
    [24, 40, 66],
    [226, 108, 72],
    [245, 222, 179],
  ],
  [
    [233, 226, 211],
    [31, 92, 99],
    [214, 150, 60],
  ],
  [
    [52, 28, 61],
    [214, 88, 120],
    [250, 205, 150],
  ],
  [
    [20, 61, 52],
    [124, 181, 120],
    [238, 231, 196],
  ],
  [
    [38, 38, 42],
    [91, 124, 196],
    [222, 226, 236],
  ],
]

const size = 480

/** Writes albums with drawn covers for the picture of the album view. Without them, the view has only the demo album. */
export function writePictureLibrary(folder: string): void {
  for (const [index, [artist, album, year]] of albums.entries()) {
    const path = join(folder, artist)
    mkdirSync(path, { recursive: true })
    const cover = { mediaType: 'image/png', picture: drawCover(index) }
    for (const number of [1, 2]) {
      const id3 = encodeId3Tag({ title: `${album} ${number}`, artist, album, year, number, cover })
      writeFileSync(join(path, `${number}.wav`), createWaveFile({ seconds: 30, hertz: 220, id3 }))
    }
  }
}

/** Draws circles, waves or stripes in the colours of a palette. */
function drawCover(index: number): Buffer {
  const [ground, form, light] = palettes[index % palettes.length] ?? [
    [0, 0, 0],
    [0, 0, 0],
    [0, 0, 0],
  ]
  const pixels = new Uint8Array(size * size * 3)
  for (let y = 0; y < size; y++)
    for (let x = 0; x < size; x++) {
      const [isForm, isLight] = shapeAt(index, x / size, y / size)
      pixels.set(isLight ? light : isForm ? form : ground, (y * size + x) * 3)
    }
  return encodePng(size, size, pixels)
}

/** Returns whether a point, from 0 to 1 on both axes, is in the form and in the light part of it. */
function shapeAt(index: number, x: number, y: number): readonly [isForm: boolean, isLight: boolean] {
  const turn = (index * 0.37) % 1
  switch (index % 4) {
    case 0: {
      const distance = Math.hypot(x - 0.5, y - 0.4 - turn / 4)
      return [distance < 0.3, distance < 0.12 || y > 0.86]
    }
    case 1: {
      const wave = 0.5 + 0.14 * Math.sin(2 * Math.PI * (x * 1.5 + turn))
      return [y > wave, y > wave + 0.22]
    }
    case 2: {
      const stripe = (x + y + turn) % 0.5
      return [stripe < 0.25, stripe < 0.06]
    }
    default: {
      const ring = Math.hypot(x - turn, y - 1) % 0.3
      return [ring < 0.15, ring < 0.03]
    }
  }
}
