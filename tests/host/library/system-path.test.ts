import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { decodePath, displayPath, encodePath, toSystemPath } from '../../../electron/platform/system-path.ts'

describe('a path', () => {
  test('of any bytes survives as a string, and as JSON', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const path = decodePath(Buffer.from(bytes))
        expect([...encodePath(path)]).toEqual([...bytes])
        expect(JSON.parse(JSON.stringify(path))).toBe(path)
      }),
    )
  })

  test.each([
    ['plain', 'plain'],
    ['Käse 🧶 ’', 'Käse 🧶 ’'],
    ['\uFFFD', '\uFFFD'],
    ['K\udce4se', 'K\uFFFDse'],
  ])('%j is shown as %j', (path, shown) => {
    expect(displayPath(path)).toBe(shown)
  })

  test('in valid UTF-8 stays a string for the system', () => {
    expect(toSystemPath('Käse 🧶')).toBe('Käse 🧶')
  })

  test.runIf(process.platform !== 'win32')('that is not valid UTF-8 becomes bytes', () => {
    expect(toSystemPath('K\udce4se 🧶')).toEqual(
      Buffer.concat([Buffer.from('K\xe4se ', 'latin1'), Buffer.from('🧶')]),
    )
  })
})
