import { spawnSync } from 'node:child_process'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { copyFixtures } from '../../fixtures/make-libraries.ts'
import { scratchFolder } from '../scratch.ts'

const project = fileURLToPath(new URL('../../../', import.meta.url))

/** Runs `npm run inspect` without npm, in `folder`. */
function inspect(folder: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [join(project, 'scripts', 'inspect.ts'), ...args],
    {
      cwd: project,
      encoding: 'utf8',
      env: { ...process.env, INIT_CWD: folder },
    },
  )
  const lines = stdout.split('\n').filter((line) => line !== '')
  return { status, stderr, lines: lines.map((line): Record<string, unknown> => JSON.parse(line)) }
}

describe('inspect', () => {
  test('prints one line of JSON for each file, in the order of the paths', () => {
    const folder = scratchFolder()
    mkdirSync(join(folder, 'album'))
    copyFixtures('tones', ['tone.ogg', 'tone.mp3'], join(folder, 'album'))
    copyFixtures('tones', ['tone.flac'], folder)
    const { status, stderr, lines } = inspect(folder, 'tone.flac', 'album')
    expect(lines.map(({ path }) => path)).toEqual(
      ['tone.flac', 'album/tone.mp3', 'album/tone.ogg'].map((name) => join(folder, name)),
    )
    expect(lines[0]).toEqual({
      path: join(folder, 'tone.flac'),
      title: 'Reference tone',
      artists: ['The Oscillators'],
      albumArtists: ['Various Oscillators'],
      album: 'Concert Pitch',
      disc: 2,
      track: 3,
      date: '2024',
      originalDate: null,
      discSubtitle: null,
      titleSort: null,
      artistSorts: [],
      albumArtistSorts: [],
      albumSort: null,
      compilation: false,
      replayGain: null,
      genres: ['Electronic'],
      duration: 1,
      codec: 'FLAC',
      cover: { type: 'image/jpeg', width: 48, height: 48 },
      warnings: [],
    })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  })

  test('prints what cannot be read as an error, and goes on', () => {
    const folder = scratchFolder()
    writeFileSync(join(folder, 'broken.mp3'), 'no music')
    copyFixtures('tones', ['tone.wav'], folder)
    const { status, lines } = inspect(folder, 'gone.mp3', '.')
    expect(lines.map(({ path, error }) => [path, typeof error])).toEqual([
      [join(folder, 'gone.mp3'), 'string'],
      [join(folder, 'broken.mp3'), 'string'],
      [join(folder, 'tone.wav'), 'undefined'],
    ])
    expect(status).toBe(1)
  })

  test('prints the files that a playlist lists', () => {
    const folder = scratchFolder()
    copyFixtures('tones', ['tone.ogg', 'tone.mp3'], folder)
    writeFileSync(join(folder, 'list.m3u'), 'tone.ogg\ntone.mp3\n')
    const { status, lines } = inspect(folder, 'list.m3u')
    expect(lines).toEqual([
      {
        path: join(folder, 'list.m3u'),
        paths: ['tone.ogg', 'tone.mp3'].map((name) => join(folder, name)),
        warnings: [],
      },
    ])
    expect(status).toBe(0)
  })

  test.each([[[]], [['--bogus', 'tone.mp3']], [['--next']]])('refuses the arguments %j', (args) => {
    const { status, stderr, lines } = inspect(scratchFolder(), ...args)
    expect({ status, lines }).toEqual({ status: 2, lines: [] })
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
