import { EntryCollector, entryTags, type PlaylistEntries } from './playlist-entry.ts'

/** A part of an XML document: a CDATA section, a comment, an instruction, a tag, or text. */
const xmlPart =
  /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<[?!][^>]*>?|<(\/?)(?:[\w.-]+:)?([\w.-]+)([^>]*)>?|([^<]+)|</gu

/**
 * Reads an XSPF playlist: the locations and the tags of each track. An incomplete document gives what it contains.
 * Entities that a document defines itself are not expanded.
 */
export function parseXspf(text: string, maxEntries: number): PlaylistEntries {
  const reader = new XspfReader(maxEntries)
  for (const [, section, slash, name = '', attributes = '', characters] of text.matchAll(xmlPart)) {
    if (section !== undefined) reader.addText(section)
    else if (characters !== undefined) reader.addText(decodeEntities(characters))
    else if (slash === '/') reader.endElement(name)
    else reader.beginElement(name, attributes)
  }
  return reader.end()
}

/** The elements whose content is read. */
const textElements: ReadonlySet<string> = new Set(['location', 'title', 'creator', 'album', 'duration'])

class XspfReader {
  readonly #entries: EntryCollector
  /** The contents of the present track by element; undefined outside of tracks. */
  #track: Map<string, string> | undefined
  #locations: string[] = []
  #element: { readonly name: string; readonly content: string[] } | undefined
  #base = ''

  constructor(maxEntries: number) {
    this.#entries = new EntryCollector(maxEntries)
  }

  addText(text: string): void {
    this.#element?.content.push(text)
  }

  beginElement(name: string, attributes: string): void {
    if (name === 'track') {
      this.#endTrack()
      this.#track = new Map()
    } else if (textElements.has(name)) {
      this.#endText()
      if (!attributes.endsWith('/')) this.#element = { name, content: [] }
    } else this.#base = baseOf(attributes) ?? this.#base
  }

  endElement(name: string): void {
    if (name === 'track') this.#endTrack()
    else if (name === this.#element?.name) this.#endText()
  }

  end(): PlaylistEntries {
    this.#endTrack()
    return this.#entries.result
  }

  #endText(): void {
    if (this.#element === undefined) return
    const { name, content } = this.#element
    this.#element = undefined
    const text = content.join('').trim()
    if (text === '') return
    if (this.#track === undefined) {
      if (name === 'title') this.#entries.name ??= text
    } else if (name === 'location') this.#addLocation(text)
    else if (!this.#track.has(name)) this.#track.set(name, text)
  }

  #addLocation(location: string): void {
    // The playlist's own folder counts too: it may have been moved together with the files.
    if (this.#base !== '' && !isAbsolute(location)) this.#locations.push(this.#base + location)
    this.#locations.push(location)
  }

  #endTrack(): void {
    this.#endText()
    const milliseconds = this.#track?.get('duration')
    const tags = entryTags({
      title: this.#track?.get('title'),
      artist: this.#track?.get('creator'),
      album: this.#track?.get('album'),
      duration: milliseconds === undefined ? undefined : Number(milliseconds) / 1000,
    })
    if (this.#locations.length > 0 || tags?.title !== undefined) this.#entries.add(this.#locations, tags)
    this.#track = undefined
    this.#locations = []
  }
}

const isAbsolute = (location: string): boolean => /^(?:[a-z][a-z\d+.-]*:|[\\/])/i.test(location)

/** Returns the folder that locations are relative to, with `/` at its end. */
function baseOf(attributes: string): string | undefined {
  const [, , address] = /xml:base\s*=\s*(["'])(.*?)\1/su.exec(attributes) ?? []
  if (address === undefined) return undefined
  const base = decodeEntities(address)
  return base.slice(0, base.lastIndexOf('/') + 1)
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

function decodeEntities(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,4}));/giu, (all, decimal, hexadecimal, name) => {
    if (name !== undefined) return Object.hasOwn(namedEntities, name) ? (namedEntities[name] ?? all) : all
    const code = decimal === undefined ? Number.parseInt(hexadecimal, 16) : Number(decimal)
    return code <= 0x10ffff ? String.fromCodePoint(code) : all
  })
}
