import { describe, expect, test } from 'vitest'
import { readCommandLine } from '../../../electron/host/command-line.ts'

const read = (...words: string[]) => readCommandLine(words, '/home/ada')
const launch = (value: object) => ({ kind: 'order', order: value })

describe('the command line', () => {
  test.each([
    [[], { kind: 'show' }],
    [['Music'], { kind: 'open', paths: ['/home/ada/Music'] }],
    [['/a b.mp3', 'c.flac'], { kind: 'open', paths: ['/a b.mp3', '/home/ada/c.flac'] }],
    [['file:///a%20b.mp3'], { kind: 'open', paths: ['/a b.mp3'] }],
    [['--enqueue', 'a.mp3', 'b.mp3'], { kind: 'enqueue', paths: ['/home/ada/a.mp3', '/home/ada/b.mp3'] }],
    [['a.mp3', '--enqueue'], { kind: 'enqueue', paths: ['/home/ada/a.mp3'] }],
    [['--play-pause'], { kind: 'command', command: 'play-pause' }],
    [['--next'], { kind: 'command', command: 'next' }],
    [['--previous'], { kind: 'command', command: 'previous' }],
    [['--', '--next'], { kind: 'open', paths: ['/home/ada/--next'] }],
  ])('%j', (words, meant) => {
    expect(read(...words)).toEqual(launch(meant))
  })

  test.each([
    ['--version', 'version'],
    ['-v', 'version'],
    ['--help', 'help'],
    ['-h', 'help'],
  ])('%s is answered', (word, kind) => {
    expect(read(word)).toEqual({ kind })
    expect(read('--no-sandbox', word, 'a.mp3')).toEqual({ kind })
  })

  test.each([
    [['--nex'], 'Skein has no option --nex.'],
    [['-x'], 'Skein has no option -x.'],
    [['--enqeue', 'a.mp3'], 'Skein has no option --enqeue.'],
    [['--next=3'], 'The option --next takes no value.'],
    [['--next', '--previous'], 'Give --next or --previous, not both.'],
    [['--next', 'a.mp3'], 'The option --next stands alone, without files.'],
    [['--enqueue'], 'The option --enqueue needs the files to add.'],
  ])('%j is a mistake, told in one sentence', (words, sentence) => {
    expect(read(...words)).toEqual({ kind: 'mistake', message: `${sentence} See skein --help.` })
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
  ])('%s is Chromium’s or the system’s, and changes nothing', (word) => {
    expect(read(word)).toEqual(launch({ kind: 'show' }))
    expect(read('--enqueue', word, 'a.mp3')).toEqual(launch({ kind: 'enqueue', paths: ['/home/ada/a.mp3'] }))
  })
})
