import { describe, expect, test } from 'vitest'
import { redactPaths } from '../../../electron/storage/redact-paths.ts'

const home = '/home/jürgen'
const redact = (text: string, ...music: string[]) => redactPaths(text, home, music)

describe('shortened paths', () => {
  test('replace the home folder by ~, also in an address', () => {
    expect(redact(`${home}/.local/share/skein`)).toBe('~/.local/share/skein')
    expect(redact(`at file://${encodeURI(home)}/skein/main.js:3:1 in ${home}`)).toBe(
      'at file://~/skein/main.js:3:1 in ~',
    )
  })

  test('leave folders unchanged whose name only begins the same', () => {
    expect(redact(`${home}2/x and ${home}-old/y`)).toBe(`${home}2/x and ${home}-old/y`)
    expect(redact('/musical/x', '/music')).toBe('/musical/x')
  })

  test('contain only the last name of a music folder, and nothing in it', () => {
    expect(redact(`${home}/My Music cannot be opened: it is gone.`, `${home}/My Music`)).toBe(
      'My Music cannot be opened: it is gone.',
    )
    expect(
      redact(`EACCES: open '${home}/My Music/Artist (live)/It's a song.mp3'\n  at read`, `${home}/My Music`),
    ).toBe("EACCES: open 'My Music/…\n  at read")
  })

  test('replace the inner one of two music folders first', () => {
    expect(redact('/music/jazz/a.mp3', '/music', '/music/jazz')).toBe('jazz/…')
  })

  test('treat the name of a folder literally, not as a pattern', () => {
    expect(redact('/m (1)+[x]/a.mp3', '/m (1)+[x]')).toBe('m (1)+[x]/…')
  })

  test('keep a root, also if it is the home folder', () => {
    expect(redactPaths('/a/b', '/', ['/'])).toBe('/a/b')
  })
})
