/**
 * Makes the demo album in demo/: `node demo/source/make-demo-album.ts`. The songs are synthesised here, note by note,
 * and always come out the same; ffmpeg, which only this script needs, packs them as Ogg Opus with tags and cover.
 */
import { mkdirSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { ffmpeg } from '../../scripts/ffmpeg.ts'
import { pictureBlock } from '../../scripts/picture-block.ts'
import { encodePng } from '../../scripts/png.ts'
import type { Stereo } from './arrangement.ts'
import { coverSize, drawCover } from './draw-cover.ts'
import { sampleRate } from './instruments.ts'
import { songs } from './songs.ts'

const albumFolder = fileURLToPath(new URL('../', import.meta.url))
mkdirSync(albumFolder, { recursive: true })
for (const name of readdirSync(albumFolder)) if (name.endsWith('.opus')) rmSync(join(albumFolder, name))

const png = encodePng(coverSize, coverSize, drawCover())
const jpeg = ffmpeg(['-f', 'png_pipe', '-i', '-', '-f', 'mjpeg', '-q:v', '14', '-bitexact', '-'], png)
const picture = pictureBlock('image/jpeg', coverSize, coverSize, jpeg).toString('base64')

for (const [index, song] of songs.entries()) {
  const number = index + 1
  const tags = {
    title: song.title,
    artist: 'Skein',
    album_artist: 'Skein',
    album: 'Three Threads',
    track: `${number}/${songs.length}`,
    date: '2026',
    genre: song.genre,
    METADATA_BLOCK_PICTURE: picture,
  }
  const name = `${String(number).padStart(2, '0')} ${song.title}.opus`
  ffmpeg(
    [
      ...['-f', 'f32le', '-ar', String(sampleRate), '-ac', '2', '-i', '-'],
      ...[
        '-c:a',
        'libopus',
        '-b:a',
        '56k',
        '-vbr',
        'constrained',
        '-fflags',
        '+bitexact',
        '-flags:a',
        '+bitexact',
      ],
      ...Object.entries(tags).flatMap(([tag, value]) => ['-metadata', `${tag}=${value}`]),
      join(albumFolder, name),
    ],
    interleave(song.compose()),
  )
  console.log(name)
}

function interleave({ left, right }: Stereo): Uint8Array {
  const samples = new Float32Array(left.length * 2)
  for (let place = 0; place < left.length; place++) {
    samples[2 * place] = left[place] ?? 0
    samples[2 * place + 1] = right[place] ?? 0
  }
  return new Uint8Array(samples.buffer)
}
