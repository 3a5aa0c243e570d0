import { EntryCollector, type PlaylistEntries } from './playlist-entry.ts'

/** A part of an XML document: a CDATA section, a comment, an instruction, a tag, or text. */
const xmlPart =
  /<!\[CDATA\[([\s\S]*?)(?:\]\]>|$)|<!--[\s\S]*?(?:-->|$)|<[?!][^>]*>?|<(\/?)(?:[\w.-]+:)?([\w.-]+)([^>]*)>?|([^<]+)|</gu

/**
 * Reads an XSPF playlist: the locations of each track. An incomplete document gives what it contains. Entities that a
 * document defines itself are not expanded.
 */
export function parseXspf(text: string, maxEntries: number): PlaylistEntries {
  const entries = new EntryCollector(maxEntries)
  let locations: string[] | undefined
  let content: string[] | undefined
  let base = ''
  const endTrack = () => {
    if (locations !== undefined && locations.length > 0) entries.add(locations)
    locations = undefined
  }
  for (const [, section, slash, name = '', attributes = '', characters] of text.matchAll(xmlPart)) {
    if (section !== undefined) content?.push(section)
    else if (characters !== undefined) content?.push(decodeEntities(characters))
    else if (name === 'track') {
      endTrack()
      if (slash === '') locations = []
    } else if (name === 'location') {
      if (content !== undefined) addLocation(locations, content.join(''), base)
      content = slash === '' && !attributes.endsWith('/') ? [] : undefined
    } else if (slash === '') base = baseOf(attributes) ?? base
  }
  endTrack()
  return entries.result
}

function addLocation(locations: string[] | undefined, content: string, base: string): void {
  const location = content.trim()
  if (location === '') return
  // The playlist's own folder counts too: it may have been moved together with the files.
  if (base !== '' && !isAbsolute(location)) locations?.push(base + location)
  locations?.push(location)
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
