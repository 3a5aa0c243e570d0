import type { PlaylistFormat } from '../../../../shared/library/playlists/playlist.ts'
import { encodePath } from '../../../platform/system-path.ts'
import type { ExportedEntry, ExportedPlaylist } from './exported-entry.ts'
import { type LocationContext, writtenAddress, writtenPath } from './written-location.ts'

/**
 * Returns the content of a playlist file. All formats are written in UTF-8; names that are not valid UTF-8 keep their
 * bytes, except in XSPF, which encodes them.
 */
export function writePlaylist(
  playlist: ExportedPlaylist,
  format: PlaylistFormat,
  context: LocationContext,
): Buffer {
  switch (format) {
    case 'm3u':
    case 'm3u8':
      return encodePath(writeM3u(playlist, context))
    case 'pls':
      return encodePath(writePls(playlist, context))
    case 'xspf':
      return Buffer.from(writeXspf(playlist, context))
  }
}

function writeM3u({ name, entries }: ExportedPlaylist, context: LocationContext): string {
  const lines = ['#EXTM3U', `#PLAYLIST:${line(name)}`]
  for (const entry of entries) {
    if (entry.title !== undefined) lines.push(`#EXTINF:${secondsOf(entry)},${line(label(entry))}`)
    if (entry.album !== undefined) lines.push(`#EXTALB:${line(entry.album)}`)
    lines.push(writtenPath(entry.location, context))
  }
  return `${lines.join('\n')}\n`
}

function writePls({ entries }: ExportedPlaylist, context: LocationContext): string {
  const lines = ['[playlist]']
  for (const [index, entry] of entries.entries()) {
    const number = index + 1
    lines.push(`File${number}=${writtenPath(entry.location, context)}`)
    if (entry.title !== undefined) lines.push(`Title${number}=${line(label(entry))}`)
    lines.push(`Length${number}=${secondsOf(entry)}`)
  }
  return `${[...lines, `NumberOfEntries=${entries.length}`, 'Version=2'].join('\n')}\n`
}

function writeXspf({ name, entries }: ExportedPlaylist, context: LocationContext): string {
  const tracks = entries.map((entry) =>
    [
      '    <track>',
      ...(entry.location === '' ? [] : [element('location', writtenAddress(entry.location, context))]),
      ...(entry.title === undefined ? [] : [element('title', entry.title)]),
      ...(entry.artist === undefined ? [] : [element('creator', entry.artist)]),
      ...(entry.album === undefined ? [] : [element('album', entry.album)]),
      ...(entry.duration === undefined
        ? []
        : [element('duration', String(Math.round(entry.duration * 1000)))]),
      '    </track>',
    ].join('\n'),
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<playlist version="1" xmlns="http://xspf.org/ns/0/">',
    `  <title>${escapeXml(name)}</title>`,
    '  <trackList>',
    ...tracks,
    '  </trackList>',
    '</playlist>',
    '',
  ].join('\n')
}

const element = (name: string, text: string): string => `      <${name}>${escapeXml(text)}</${name}>`

/** -1 stands for an unknown duration. */
const secondsOf = ({ duration }: ExportedEntry): number =>
  duration === undefined ? -1 : Math.max(1, Math.round(duration))

const label = ({ artist, title = '' }: ExportedEntry): string =>
  artist === undefined ? title : `${artist} - ${title}`

/** A text of tags as one line of valid characters. */
const line = (text: string): string => text.replace(/[\r\n\0]+/g, ' ').toWellFormed()

// biome-ignore lint/suspicious/noControlCharactersInRegex: XML has no way to write these characters
const invalidInXml = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g

const escapeXml = (text: string): string =>
  text
    .toWellFormed()
    .replace(invalidInXml, '\uFFFD')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
