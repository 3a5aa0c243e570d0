import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Resvg } from '@resvg/resvg-js'

/** The sizes of icons in the freedesktop icon theme. */
export const hicolorSizes = [16, 22, 24, 32, 48, 64, 96, 128, 256, 512] as const
const windowsSizes = [16, 20, 24, 32, 40, 48, 64, 256] as const
/** The kinds of PNG entries in an icns file with their size in pixels. Some are a smaller size in double resolution. */
const macEntries = [
  ['icp4', 16],
  ['icp5', 32],
  ['icp6', 64],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
] as const

/** Renders a drawing to `hicolor/SIZExSIZE.png`, `icon.svg`, `icon.ico` and `icon.icns` in a folder. */
export function makeIcons(drawing: string, folder: string): void {
  const svg = readFileSync(drawing, 'utf8')
  mkdirSync(join(folder, 'hicolor'), { recursive: true })
  for (const size of hicolorSizes) {
    writeFileSync(join(folder, 'hicolor', `${size}x${size}.png`), render(svg, size))
  }
  copyFileSync(drawing, join(folder, 'icon.svg'))
  writeFileSync(join(folder, 'icon.ico'), windowsIcon(svg))
  writeFileSync(join(folder, 'icon.icns'), macIcon(svg))
}

function render(svg: string, size: number): Buffer {
  return new Resvg(svg, { fitTo: { mode: 'width', value: size } }).render().asPng()
}

/** Returns an ICO file: a directory of pictures with 16 bytes each, and the pictures, here as PNG. */
function windowsIcon(svg: string): Buffer {
  const pictures = windowsSizes.map((size) => ({ size, data: render(svg, size) }))
  const head = Buffer.alloc(6 + 16 * pictures.length)
  head.writeUInt16LE(1, 2)
  head.writeUInt16LE(pictures.length, 4)
  let position = head.length
  for (const [index, { size, data }] of pictures.entries()) {
    const entry = 6 + 16 * index
    // The format stores 256 as 0.
    head.writeUInt8(size % 256, entry)
    head.writeUInt8(size % 256, entry + 1)
    head.writeUInt16LE(1, entry + 4)
    head.writeUInt16LE(32, entry + 6)
    head.writeUInt32LE(data.length, entry + 8)
    head.writeUInt32LE(position, entry + 12)
    position += data.length
  }
  return Buffer.concat([head, ...pictures.map(({ data }) => data)])
}

/** Returns an ICNS file: a list of chunks. Icons of macOS have a margin of a tenth around the drawing. */
function macIcon(svg: string): Buffer {
  const framed = svg.replace('viewBox="0 0 32 32"', 'viewBox="-3.9 -3.9 39.8 39.8"')
  if (framed === svg) throw new Error('icon.svg no longer measures 32 by 32: change its margin for macOS.')
  const chunks = macEntries.map(([kind, size]) => chunk(kind, render(framed, size)))
  return chunk('icns', Buffer.concat(chunks))
}

function chunk(kind: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8, kind, 'latin1')
  head.writeUInt32BE(8 + data.length, 4)
  return Buffer.concat([head, data])
}
