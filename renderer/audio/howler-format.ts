/** The extensions that Howler knows and every Chromium supports. */
const declared: ReadonlySet<string> = new Set([
  'mp3',
  'flac',
  'ogg',
  'oga',
  'opus',
  'm4a',
  'mp4',
  'aac',
  'wav',
  'weba',
  'webm',
])

/**
 * Returns the format to declare to Howler, from a file's path. Howler refuses what it does not know, but the browser itself
 * reads the content, so any format that is supported serves for the others.
 */
export function howlerFormat(path: string): string {
  const extension = path.match(/\.([^./]+)$/)?.[1]?.toLowerCase() ?? ''
  return declared.has(extension) ? extension : 'wav'
}
