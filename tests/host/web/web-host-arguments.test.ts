import { join, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { readWebHostArguments } from '../../../electron/web/web-host-arguments.ts'

const directory = resolve('/home/ada')
const read = (...args: string[]) => readWebHostArguments(args, directory)

describe('the arguments of the web host', () => {
  test.each([
    [[], { port: 0, folder: undefined }],
    [['Music'], { port: 0, folder: join(directory, 'Music') }],
    [['/srv/music'], { port: 0, folder: resolve('/srv/music') }],
    [['--port', '8080'], { port: 8080, folder: undefined }],
    [['--port=8080', '..'], { port: 8080, folder: resolve('/home') }],
    [['Music', '--port', '65535'], { port: 65_535, folder: join(directory, 'Music') }],
    [['--port', '1', '--port', '2'], { port: 2, folder: undefined }],
    [['--', '--port'], { port: 0, folder: join(directory, '--port') }],
  ])('%j', (args, expected) => {
    expect(read(...args)).toEqual(expected)
  })

  test.each(['65536', '99999999999999999999', '-1', '1.5', '0x50', '1e3', ' 80', '', 'http'])(
    '--port=%s is refused with one sentence',
    (port) => {
      expect(() => read(`--port=${port}`)).toThrow(/^.* is not a port: give a number up to 65535\.$/)
    },
  )

  test.each([
    [['one', 'two'], 'Give one folder at most.'],
    [['--bogus'], "Unknown option '--bogus'."],
    [['-x'], "Unknown option '-x'."],
    [['--port'], "Option '--port <value>' argument missing."],
    [['--port', '--bogus'], "Option '--port' argument is ambiguous."],
  ])('%j is refused with one sentence', (args, message) => {
    expect(() => read(...args)).toThrow(new Error(message))
  })
})
