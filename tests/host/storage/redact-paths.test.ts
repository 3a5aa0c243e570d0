import { describe, expect, test } from 'vitest'
import { redactPaths } from '../../../electron/storage/redact-paths.ts'

const home = '/home/jürgen'
const redact = (text: string, ...music: string[]) => redactPaths(text, home, music)

describe('shortened paths', () => {
  test('show the home folder as ~, also in an address', () => {
    expect(redact(`${home}/.local/share/skein`)).toBe('~/.local/share/skein')
    expect(redact(`at file://${encodeURI(home)}/skein/main.js:3:1 in ${home}`)).toBe(
      'at file://~/skein/main.js:3:1 in ~',
    )
  })

  test('keep folders whose name only begins like the home folder', () => {
    expect(redact(`${home}2/x and ${home}-old/y`)).toBe(`${home}2/x and ${home}-old/y`)
    expect(redact('/musical/x', '/music')).toBe('/musical/x')
  })

  test('show only the last name of a music folder, and nothing inside it', () => {
    expect(redact(`${home}/My Music cannot be opened: it is gone.`, `${home}/My Music`)).toBe(
      'My Music cannot be opened: it is gone.',
    )
    expect(
      redact(`EACCES: open '${home}/My Music/Artist (live)/It's a song.mp3'\n  at read`, `${home}/My Music`),
    ).toBe("EACCES: open 'My Music/…\n  at read")
  })

  test('leave out a name that contains a line break', () => {
    expect(
      redact(
        "Error: ENOENT, open '/music/first\nSecret Title.mp3' (x)\n    at read (a.js)\n    at b",
        '/music',
      ),
    ).toBe("Error: ENOENT, open 'music/…\n    at read (a.js)\n    at b")
    expect(redact('/music/first\nSecret\nTitle.mp3 is gone', '/music')).toBe('music/…')
  })

  test('match the inner one of two music folders first', () => {
    expect(redact('/music/jazz/a.mp3', '/music', '/music/jazz')).toBe('jazz/…')
  })

  test('match folder names literally, not as patterns', () => {
    expect(redact('/m (1)+[x]/a.mp3', '/m (1)+[x]')).toBe('m (1)+[x]/…')
  })

  test('keep a disk and a home folder at the root', () => {
    expect(redactPaths('/a/b', '/', ['/'])).toBe('/a/b')
  })
})
