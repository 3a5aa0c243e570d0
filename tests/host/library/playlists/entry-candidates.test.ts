import { hostname } from 'node:os'
import { describe, expect, test } from 'vitest'
import { entryCandidates } from '../../../../electron/library/playlists/entry-candidates.ts'
import { isOnOtherMachine, isRemoteAddress } from '../../../../electron/library/playlists/other-machine.ts'
import { fileAddressPaths } from '../../../../electron/platform/file-address.ts'

describe('the paths that an entry can mean', () => {
  test.each([
    ['a.mp3', ['/m/a.mp3']],
    ['/x/a.mp3', ['/x/a.mp3']],
    ['../a.mp3', ['/a.mp3']],
    [' a.mp3 ', ['/m/ a.mp3 ', '/m/a.mp3']],
    ['b\\a.mp3', ['/m/b\\a.mp3', '/m/b/a.mp3']],
    ['..\\m\\a.mp3', ['/m/..\\m\\a.mp3', '/m/a.mp3']],
    ['a%20b.mp3', ['/m/a%20b.mp3', '/m/a b.mp3']],
    ['b\\a%20b.mp3', ['/m/b\\a%20b.mp3', '/m/b/a%20b.mp3', '/m/b\\a b.mp3', '/m/b/a b.mp3']],
    ['100% pure.mp3', ['/m/100% pure.mp3']],
    ['100% p%C3%BCre.mp3', ['/m/100% p%C3%BCre.mp3', '/m/100% püre.mp3']],
    ['a%00.mp3', ['/m/a%00.mp3']],
    ['file:///x/a%20b.mp3', ['/x/a%20b.mp3', '/x/a b.mp3']],
    ['Requiem: Introitus.mp3', ['/m/Requiem: Introitus.mp3']],
    ['a\0b', []],
    ['a'.repeat(40_000), []],
  ])('%j on POSIX', (location, paths) => {
    expect(entryCandidates(location, '/m', false)).toEqual(paths)
  })

  test.each([
    ['windows-1252', [0x4b, 0xe4, 0x73, 0x65], '/m/Käse'],
    ['windows-1251', [0xcf, 0xe5, 0xf1, 0xed, 0xff], '/m/Песня'],
    ['Shift JIS with a backslash as second byte', [0x95, 0x5c], '/m/表'],
    ['GBK', [0xb8, 0xe8, 0xc7, 0xfa], '/m/歌曲'],
    ['EUC-KR', [0xb3, 0xeb, 0xb7, 0xa1], '/m/노래'],
    ['Big5', [0xba, 0x71, 0xa6, 0xb1], '/m/歌曲'],
  ])('include the name in %s', (_codePage, bytes, path) => {
    const location = String.fromCharCode(...bytes.map((byte) => (byte < 0x80 ? byte : 0xdc00 + byte)))
    const paths = entryCandidates(location, '/m', false)
    expect(paths[0]).toBe(`/m/${location}`)
    expect(paths).toContain(path)
    const encoded = bytes.map((byte) => `%${byte.toString(16)}`).join('')
    expect(entryCandidates(encoded, '/m', false)).toContain(path)
  })

  test.each([
    ['b\\a.mp3', ['C:\\m\\b\\a.mp3']],
    ['b/a.mp3', ['C:\\m\\b\\a.mp3']],
    ['D:\\x\\a.mp3', ['D:\\x\\a.mp3']],
    ['\\x\\a.mp3', ['C:\\x\\a.mp3']],
    ['file:///D:/x/a%20b.mp3', ['D:\\x\\a%20b.mp3', 'D:\\x\\a b.mp3']],
  ])('%j on Windows', (location, paths) => {
    expect(entryCandidates(location, 'C:\\m', true)).toEqual(paths)
  })
})

describe('a file address', () => {
  test.each([
    ['file:///m/a.mp3', ['/m/a.mp3']],
    ['file:/m/a.mp3', ['/m/a.mp3']],
    ['file://localhost/m/a.mp3', ['/m/a.mp3']],
    ['FILE://LOCALHOST/m/a.mp3', ['/m/a.mp3']],
    [`file://${hostname()}/m/a.mp3`, ['/m/a.mp3']],
    ['  file:///m/a.mp3\t', ['/m/a.mp3']],
    ['file:///m/#1 hits/a.mp3', ['/m/#1 hits/a.mp3']],
    ['file:///m/Why?.mp3', ['/m/Why?.mp3']],
    ['file:///m/100% pure.mp3', ['/m/100% pure.mp3']],
    ['file:///m/100%25.mp3', ['/m/100%25.mp3', '/m/100%.mp3']],
    ['file:///m/%231%20hit%3F.mp3', ['/m/%231%20hit%3F.mp3', '/m/#1 hit?.mp3']],
    ['file:///m/K%e4se.mp3', ['/m/K%e4se.mp3', '/m/K\udce4se.mp3']],
    ['file:///m/K%C3%A4se.mp3', ['/m/K%C3%A4se.mp3', '/m/Käse.mp3']],
    ['file:a.mp3', ['a.mp3']],
  ])('%s is %j on POSIX', (address, paths) => {
    expect(fileAddressPaths(address, false)).toEqual(paths)
  })

  test.each([
    ['file:///C:/m/a.mp3', ['C:/m/a.mp3']],
    ['file://C:/m/a.mp3', ['C:/m/a.mp3']],
    ['file:/C:/m/a.mp3', ['C:/m/a.mp3']],
    ['file:C:/m/a.mp3', ['C:/m/a.mp3']],
    ['file:///C|/m/a.mp3', ['C:/m/a.mp3']],
    ['file:\\\\\\C:\\m\\a.mp3', ['C:/m/a.mp3']],
    ['file://localhost/C:/m/a.mp3', ['C:/m/a.mp3']],
    ['file:///C:/m/#1%20hit.mp3', ['C:/m/#1%20hit.mp3', 'C:/m/#1 hit.mp3']],
    ['file://nas/music/a.mp3', ['//nas/music/a.mp3']],
    ['file:////nas/music/a.mp3', ['//nas/music/a.mp3']],
    ['file://///nas/music/a.mp3', ['//nas/music/a.mp3']],
  ])('%s is %j on Windows', (address, paths) => {
    expect(fileAddressPaths(address, true)).toEqual(paths)
  })

  test.each(['http://x/a.mp3', 'a.mp3', '/file:/a', 'profile:///a'])('is not %s', (text) => {
    expect(fileAddressPaths(text)).toBeUndefined()
  })
})

describe('another machine', () => {
  const isFrom = (location: string, playlist: string, windows: boolean) =>
    entryCandidates(location, windows ? 'C:\\m' : '/m', windows).some((path) =>
      isOnOtherMachine(path, playlist, windows),
    )

  test.each([
    '\\\\evil\\share\\a.mp3',
    '//evil/share/a.mp3',
    '/\\evil/share/a.mp3',
    'file://evil/share/a.mp3',
    'file:////evil/share/a.mp3',
    'file:\\\\evil\\share\\a.mp3',
    '%5C%5Cevil%5Cshare%5Ca.mp3',
    '\\\\?\\UNC\\evil\\share\\a.mp3',
    '\\\\.\\UNC\\evil\\share\\a.mp3',
    '//?/unc/evil/share/a.mp3',
    '\\\\?\\GLOBALROOT\\Device\\Mup\\evil\\share\\a.mp3',
    '\\\\.\\pipe\\x',
    '\\\\localhost\\share\\a.mp3',
    '\\\\evil@SSL\\DavWWWRoot\\a.mp3',
  ])('is named by %s on Windows', (location) => {
    expect(isFrom(location, 'C:\\m\\list.m3u', true)).toBe(true)
    expect(isFrom(location, '\\\\nas\\music\\list.m3u', true)).toBe(true)
  })

  test.each(['a.mp3', 'D:\\a.mp3', '\\a.mp3', 'file:///C:/a.mp3', '\\\\?\\C:\\m\\a.mp3', '..\\a.mp3'])(
    'is not named by %s on Windows',
    (location) => {
      expect(isFrom(location, 'C:\\m\\list.m3u', true)).toBe(false)
    },
  )

  test('is not the playlist’s own', () => {
    expect(isOnOtherMachine('\\\\NAS\\music\\a.mp3', '\\\\nas\\lists\\list.m3u', true)).toBe(false)
    expect(isOnOtherMachine('C:\\a.mp3', '\\\\nas\\lists\\list.m3u', true)).toBe(false)
    expect(isOnOtherMachine('/net/nas/a.mp3', '/net/nas/list.m3u', false)).toBe(false)
  })

  test.each([
    ['/net/evil/a.mp3', true],
    ['//net//evil/a.mp3', true],
    ['/Network/Servers/evil/a.mp3', true],
    ['/m/../net/evil/a.mp3', true],
    ['//evil/share/a.mp3', false],
    ['/m/net/evil/a.mp3', false],
    ['/network/a.mp3', false],
  ])('is named by %s on POSIX: %s', (location, expected) => {
    expect(isFrom(location, '/m/list.m3u', false)).toBe(expected)
  })

  test.each([
    ['http://radio/a.mp3', true],
    ['HTTPS://radio/a.mp3', true],
    ['smb://nas/a.mp3', true],
    ['sftp+x://nas/a.mp3', true],
    ['file:///a.mp3', false],
    ['C://a.mp3', false],
    ['a.mp3', false],
    ['Requiem: Introitus.mp3', false],
  ])('is the address %s: %s', (location, expected) => {
    expect(isRemoteAddress(location)).toBe(expected)
  })
})
