import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'
import { readCommandLine } from '../../../electron/lifecycle/command-line.ts'
import { scratchFolder } from '../scratch.ts'

const directory = resolve('/home/ada')
const below = (name: string) => resolve(directory, name)
const song = resolve('/a b.mp3')
const read = (...args: string[]) => readCommandLine(args, directory)
const launch = (request: object) => ({ kind: 'launch', request })

describe('the command line', () => {
  test.each([
    [[], { kind: 'show' }],
    [['Music'], { kind: 'open', paths: [below('Music')] }],
    [[song, 'c.flac'], { kind: 'open', paths: [song, below('c.flac')] }],
    [[pathToFileURL(song).href], { kind: 'open', paths: [song] }],
    [['--enqueue', 'a.mp3', 'b.mp3'], { kind: 'enqueue', paths: [below('a.mp3'), below('b.mp3')] }],
    [['a.mp3', '--enqueue'], { kind: 'enqueue', paths: [below('a.mp3')] }],
    [['--play-pause'], { kind: 'command', command: 'play-pause' }],
    [['--next'], { kind: 'command', command: 'next' }],
    [['--previous'], { kind: 'command', command: 'previous' }],
    [['--', '--next'], { kind: 'open', paths: [below('--next')] }],
  ])('%j', (args, request) => {
    expect(read(...args)).toEqual(launch(request))
  })

  test.each([
    ['--version', 'version'],
    ['-v', 'version'],
    ['--help', 'help'],
    ['-h', 'help'],
  ])('%s only prints', (option, kind) => {
    expect(read(option)).toEqual({ kind })
    expect(read('--no-sandbox', option, 'a.mp3')).toEqual({ kind })
  })

  test.each([
    [['--nex'], 'Skein has no option --nex.'],
    [['-x'], 'Skein has no option -x.'],
    [['--enqeue', 'a.mp3'], 'Skein has no option --enqeue.'],
    [['--next=3'], 'The option --next takes no value.'],
    [['--next', '--previous'], 'Give --next or --previous, not both.'],
    [['--next', 'a.mp3'], 'The option --next takes no files.'],
    [['--enqueue'], 'The option --enqueue needs the files to add.'],
  ])('%j is a usage error with one sentence', (args, sentence) => {
    expect(read(...args)).toEqual({ kind: 'usage-error', message: `${sentence} See skein --help.` })
  })

  test.each([
    '--no-sandbox',
    '--disable-gpu',
    '--ozone-platform=x11',
    '--user-data-dir=/tmp/x',
    '--allow-file-access-from-files',
    '--original-process-start-time=13377',
    '--inspect=0',
    '--remote-debugging-port=0',
    '--enable-features=A,B',
    '--js-flags=--expose-gc',
    '-psn_0_12345',
  ])('%s is an option of Chromium or the system, and changes nothing', (option) => {
    expect(read(option)).toEqual(launch({ kind: 'show' }))
    expect(read('--enqueue', option, 'a.mp3')).toEqual(launch({ kind: 'enqueue', paths: [below('a.mp3')] }))
  })
})

// On Windows an address has a drive.
describe.skipIf(process.platform === 'win32')('a path on the command line', () => {
  test.each([
    'file:///music/a%20b.mp3',
    'FILE:///music/a%20b.mp3',
    'file:/music/a%20b.mp3',
    'file://localhost/music/a%20b.mp3',
    'file:///music/x/../a%20b.mp3',
    '/music/a b.mp3',
    '/music//a b.mp3',
    '../../music/a b.mp3',
  ])('%s is a file of this machine', (path) => {
    expect(read(path)).toEqual(launch({ kind: 'open', paths: ['/music/a b.mp3'] }))
  })

  test.each(['https://example.org/a.mp3', 'skein://app/'])(
    '%s, which names no file of this machine, is a path, so that its error names it',
    (path) => {
      expect(read(path)).toEqual(
        launch({ kind: 'open', paths: [`${directory}/${path.replace(/\/+/g, '/').replace(/\/$/, '')}`] }),
      )
    },
  )

  test.each([
    ['file://server/a.mp3', '/server/a.mp3'],
    ['file:///a%2Fb.mp3', '/a/b.mp3'],
    ['file:///a%FF.mp3', '/a\udcff.mp3'],
    ['file:///a%00.mp3', '/a%00.mp3'],
    ['file:a.mp3', below('a.mp3')],
    ['file:///#1 hits/Why?.mp3', '/#1 hits/Why?.mp3'],
    ['file:///100% pure.mp3', '/100% pure.mp3'],
  ])('%s is %s', (address, path) => {
    expect(read(address)).toEqual(launch({ kind: 'open', paths: [path] }))
  })

  test('as an address with a percent sign is the file that exists', () => {
    const folder = scratchFolder()
    for (const name of ['50%25.mp3', '50%.mp3', 'a b.mp3']) writeFileSync(resolve(folder, name), '')
    const paths = ['50%25.mp3', '50%2525.mp3', 'a%20b.mp3'].map((name) => `file://${folder}/${name}`)
    expect(read(...paths)).toEqual(
      launch({
        kind: 'open',
        paths: ['50%25.mp3', '50%25.mp3', 'a b.mp3'].map((name) => resolve(folder, name)),
      }),
    )
  })

  test('several paths are one request, in their sequence', () => {
    expect(read('b.mp3', '/a.mp3', 'file:///c.mp3', 'b.mp3')).toEqual(
      launch({ kind: 'open', paths: [below('b.mp3'), '/a.mp3', '/c.mp3', below('b.mp3')] }),
    )
  })
})
