/** The codes of MediaError. */
const unsupportedSourceCode = 4
const undecodableCode = 3

const missingFileReason = 'The file is gone or cannot be read.'
const damagedFileReason = 'This file’s sound cannot be decoded.'
const unsupportedAiffReason =
  'This AIFF file is damaged, or compressed in a way that cannot be played here: convert it, to FLAC for example.'
const emptyFileReason = 'This file is empty.'

/**
 * Returns why a song cannot be played, as one sentence. A media element reports the same error for a missing
 * and for a damaged file, so this requests the file's first byte from the host.
 */
export async function describeFailure(url: string, code: number | undefined): Promise<string> {
  if (code === undecodableCode) return damagedFileReason
  const response = await fetchFirstByte(url)
  if (response === undefined || (!response.ok && response.status !== 416)) return missingFileReason
  // An empty file has no first byte: the range cannot be satisfied.
  if (response.status === 416 || response.headers.get('content-length') === '0') return emptyFileReason
  if (code !== unsupportedSourceCode) return missingFileReason
  // The host sends AIFF as WAV, unless it cannot convert the file.
  return response.headers.get('content-type') === 'audio/aiff' ? unsupportedAiffReason : damagedFileReason
}

/** Returns the sentence for a format that this browser cannot decode. */
export function describeUnsupportedFormat(format: string): string {
  return `This window cannot play ${format.toUpperCase()} files: convert it, to FLAC for example.`
}

async function fetchFirstByte(url: string): Promise<Response | undefined> {
  try {
    const response = await fetch(url, { headers: { Range: 'bytes=0-0' }, cache: 'no-store' })
    void response.body?.cancel()
    return response
  } catch {
    return undefined
  }
}
