/**
 * Returns the format to declare to Howler, from a file's path; undefined without an extension. Howler only
 * checks whether the browser supports it; the browser itself reads the content. The host sends AIFF as WAV.
 */
export function howlerFormat(path: string): string | undefined {
  const extension = path.match(/\.([^./]+)$/)?.[1]?.toLowerCase()
  return extension === 'aif' || extension === 'aiff' ? 'wav' : extension
}
