/**
 * The format that Howler is to take a file for, by its path; undefined where it has no extension. Howler only asks
 * whether the browser knows it: the browser itself goes by the content. The host sends AIFF as WAV.
 */
export function howlerFormat(path: string): string | undefined {
  const extension = path.match(/\.([^./]+)$/)?.[1]?.toLowerCase()
  return extension === 'aif' || extension === 'aiff' ? 'wav' : extension
}
