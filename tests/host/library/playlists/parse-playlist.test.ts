import { describe, expect, test } from 'vitest'
import { isPlaylistName, parsePlaylist } from '../../../../electron/library/playlists/parse-playlist.ts'
import type { EntryTags } from '../../../../electron/library/playlists/playlist-entry.ts'
import { threadCpuTime } from '../../thread-cpu-time.ts'

const utf16 = (text: string, isBigEndian: boolean): Buffer => {
  const bytes = Buffer.from(text, 'utf16le')
  return isBigEndian ? bytes.swap16() : bytes
}

const utf32 = (text: string, isBigEndian: boolean): Buffer =>
  Buffer.concat(
    Array.from(text, (character) => {
      const bytes = Buffer.alloc(4)
      if (isBigEndian) bytes.writeUInt32BE(character.codePointAt(0) ?? 0)
      else bytes.writeUInt32LE(character.codePointAt(0) ?? 0)
      return bytes
    }),
  )

const locations = (bytes: Buffer | string, max = 1000) =>
  parsePlaylist(Buffer.from(bytes as string), max).entries.map(({ locations: all }) => all.join(' or '))

const tags = (some: Partial<EntryTags>): EntryTags => ({
  title: undefined,
  artist: undefined,
  album: undefined,
  duration: undefined,
  ...some,
})

const names = ['one.mp3', 'Käse/日本 🧶.mp3']

describe('the text of a playlist', () => {
  const m3u = `#EXTM3U\r\n#EXTINF:20,One\r\n${names.join('\r\n')}\r\n`
  const pls = `[playlist]\nFile1=${names[0]}\nFile2=${names[1]}\n`
  const xspf = `<?xml version="1.0"?><playlist><trackList>${names
    .map((name) => `<track><location>${name}</location></track>`)
    .join('')}</trackList></playlist>`
  for (const [format, text] of Object.entries({ m3u, pls, xspf }))
    test.each([
      ['UTF-8', Buffer.from(text)],
      ['UTF-8 with a mark', Buffer.from(`\uFEFF${text}`)],
      ['UTF-16LE', utf16(text, false)],
      ['UTF-16LE with a mark', utf16(`\uFEFF${text}`, false)],
      ['UTF-16BE', utf16(text, true)],
      ['UTF-16BE with a mark', utf16(`\uFEFF${text}`, true)],
      ['UTF-32LE with a mark', utf32(`\uFEFF${text}`, false)],
      ['UTF-32BE with a mark', utf32(`\uFEFF${text}`, true)],
    ])(`of ${format} is read in %s`, (_encoding, bytes) => {
      expect(locations(bytes)).toEqual(names)
    })

  test('keeps the bytes of an unknown code page', () => {
    expect(locations(Buffer.from('K\xe4se.mp3\n', 'latin1'))).toEqual(['K\udce4se.mp3'])
  })

  test('of XML is read in the encoding that it names', () => {
    const document = `<?xml version="1.0" encoding="ISO-8859-1"?><playlist><trackList><track><location>K\xe4se</location></track></trackList></playlist>`
    expect(locations(Buffer.from(document, 'latin1'))).toEqual(['Käse'])
    expect(locations(Buffer.from(document.replace('ISO-8859-1', 'unknown'), 'latin1'))).toEqual(['K\udce4se'])
  })

  test('is no UTF-16 because of zeros at its end', () => {
    expect(locations(`one.mp3\n${'\0'.repeat(400)}`)[0]).toBe('one.mp3')
  })

  test('that is empty, or no text at all, has no entries', () => {
    for (const bytes of ['', '\uFEFF', '\n\n', '\0\0\0\0', '#EXTM3U', '[playlist]', '<playlist/>', '<?xml'])
      expect(locations(bytes)).toEqual([])
  })
})

describe('an M3U playlist', () => {
  test.each([
    ['LF', '\n'],
    ['CR LF', '\r\n'],
    ['CR', '\r'],
    ['empty lines', '\n\r\n\n'],
    ['LF CR', '\n\r'],
  ])('ends lines by %s', (_what, end) => {
    expect(locations(['#EXTM3U', '#EXTINF:20,One', 'one.mp3', 'sub/two.mp3', ''].join(end))).toEqual([
      'one.mp3',
      'sub/two.mp3',
    ])
  })

  test('keeps spaces, because a name can have them', () => {
    expect(locations(' one.mp3 \n\t\n')).toEqual([' one.mp3 '])
  })

  test('has directives, and comments that may be names', () => {
    const text = '#EXTM3U\n#EXTINF:1,x\n#EXT-X-ENDLIST\n#PLAYLIST:x\n#\n#1 hits/a.mp3\n# a comment\nb.mp3'
    expect(parsePlaylist(Buffer.from(text), 100).entries).toEqual([
      { locations: ['#1 hits/a.mp3'], isUncertain: true, tags: tags({ title: 'x', duration: 1 }) },
      { locations: ['# a comment'], isUncertain: true, tags: tags({ title: 'x', duration: 1 }) },
      { locations: ['b.mp3'], isUncertain: false, tags: tags({ title: 'x', duration: 1 }) },
    ])
  })
})

describe('a PLS playlist', () => {
  test('is read by the numbers of its files', () => {
    const text =
      ';comment\n[Playlist]\nnumberofentries=9\nFILE10=ten.mp3\nTitle1=x\nfile2 = two=2.mp3\nFile1=one.mp3\nFile3=\nLength1=-1\nVersion=2'
    expect(locations(text)).toEqual(['one.mp3', ' two=2.mp3', 'ten.mp3'])
  })
})

describe('an XSPF playlist', () => {
  const track = (content: string, attributes = '') =>
    `<?xml version="1.0" encoding="UTF-8"?>\n<!-- <location>no</location> -->\n<playlist version="1" xmlns="http://xspf.org/ns/0/"${attributes}>\n<title>x</title><trackList>\n${content}\n</trackList></playlist>`
  test.each([
    ['an address', '<track><location>file:///a%20b.mp3</location></track>', ['file:///a%20b.mp3']],
    ['spaces', '<track>\n<location>\n a.mp3 \n</location>\n</track>', ['a.mp3']],
    [
      'entities',
      '<track><location>R&amp;B &#233;&#xE9; &lt;x&gt;.mp3</location></track>',
      ['R&B éé <x>.mp3'],
    ],
    ['unknown entities', '<track><location>a&x;b&#9999999;.mp3</location></track>', ['a&x;b&#9999999;.mp3']],
    ['a section', '<track><location><![CDATA[R&B.mp3]]></location></track>', ['R&B.mp3']],
    ['several locations', '<track><location>a</location><location>b</location></track>', ['a or b']],
    ['a prefix', '<x:track><x:location>a</x:location></x:track>', ['a']],
    ['no location', '<track><album>x</album></track><track><location/></track>', []],
    ['only a title', '<track><title>x</title></track>', ['']],
    ['an annotation', '<track><annotation>x</annotation><location>a</location></track>', ['a']],
    [
      'an end that is missing',
      '<track><location>a</location></track><track><location>b</location',
      ['a', 'b'],
    ],
  ])('with %s is read', (_what, content, expected) => {
    expect(locations(track(content))).toEqual(expected)
  })

  test('has locations relative to its base', () => {
    const content = '<track><location>a.mp3</location></track><track><location>/b.mp3</location></track>'
    expect(locations(track(content, ' xml:base="file:///music/list.xspf"'))).toEqual([
      'file:///music/a.mp3 or a.mp3',
      '/b.mp3',
    ])
  })

  test('does not expand entities that it defines', () => {
    const document = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY b "boom">]><playlist><track><location>&b;.mp3</location></track></playlist>`
    expect(locations(document)).toEqual(['&b;.mp3'])
  })
})

describe('the tags of entries', () => {
  const read = (text: string) => {
    const { name, entries } = parsePlaylist(Buffer.from(text), 100)
    return { name, tags: entries.map((entry) => entry.tags) }
  }

  test('are those of the directives before them', () => {
    const text = `#EXTM3U\n#PLAYLIST: Mine \n#EXTINF:12.5 tvg-id="1",A - B, C\n#EXTALB:An album\none.mp3\n#EXTINF:-1\ntwo.mp3\n#EXTART:An artist\n#EXTINF:,x\nthree.mp3\nfour.mp3`
    expect(read(text)).toEqual({
      name: 'Mine',
      tags: [
        tags({ title: 'A - B, C', album: 'An album', duration: 12.5 }),
        undefined,
        tags({ title: 'x', artist: 'An artist' }),
        undefined,
      ],
    })
  })

  test('have the number of their file in PLS', () => {
    const text = '[playlist]\nTitle2=Two\nFile1=one.mp3\nFile2=two.mp3\nLength2=7\nLength1=-1\nTitle3=x'
    expect(read(text)).toEqual({ name: undefined, tags: [undefined, tags({ title: 'Two', duration: 7 })] })
  })

  test('are elements of the track in XSPF', () => {
    const track = '<track><location>a</location><title>T &amp; U</title><creator>C</creator>'
    const rest = '<album>A</album><duration>1500</duration><duration>9</duration></track>'
    const text = `<playlist><title>Mine</title><creator>no</creator><trackList>${track}${rest}<track><location>b</location></track></trackList></playlist>`
    expect(read(text)).toEqual({
      name: 'Mine',
      tags: [tags({ title: 'T & U', artist: 'C', album: 'A', duration: 1.5 }), undefined],
    })
  })
})

describe('entries beyond the limit', () => {
  test.each([
    ['m3u', 'a\n# x\nb\n# y\nc\nd'],
    ['pls', '[playlist]\nFile1=a\nFile2=b\nFile3=c\nFile4=d'],
    ['xspf', `<playlist>${'<track><location>a</location></track>'.repeat(4)}</playlist>`],
  ])('of %s are counted', (_format, text) => {
    const { entries, total } = parsePlaylist(Buffer.from(text), 3)
    expect(entries).toHaveLength(3)
    expect(total).toBeGreaterThan(3)
  })

  const many = 200_000
  test.each([
    ['lines', 'a\n'.repeat(many)],
    ['carriage returns', '\r'.repeat(many)],
    ['comments', '# # # '.repeat(many)],
    ['comments on lines', '# # # #\n'.repeat(many)],
    ['spaces', ' '.repeat(many)],
    ['open tags', `<playlist>${'<track><'.repeat(many)}`],
    ['open comments', `<playlist>${'<!-- '.repeat(many)}`],
    ['open sections', `<playlist><track><location>${'<![CDATA['.repeat(many)}`],
    ['long names of tags', `<playlist><${'a'.repeat(many)}`],
    ['bases', `<playlist ${'xml:base="'.repeat(many)}>`],
    ['a long base', `<playlist xml:base="${'a'.repeat(many)}/">`],
    ['entities', `<playlist><track><location>${'&'.repeat(many)}`],
  ])('take no longer for %s', (_what, text) => {
    const startedAt = threadCpuTime()
    expect(parsePlaylist(Buffer.from(text), 100).entries.length).toBeLessThanOrEqual(100)
    // A quadratic parser takes minutes.
    expect(threadCpuTime() - startedAt).toBeLessThan(5000)
  })
})

test.each([
  ['a.m3u', true],
  ['a.M3U8', true],
  ['a.pls', true],
  ['a.XSPF', true],
  ['m3u', false],
  ['a.m3u.mp3', false],
  ['a.cue', false],
])('%s is a playlist: %s', (name, expected) => {
  expect(isPlaylistName(name)).toBe(expected)
})
