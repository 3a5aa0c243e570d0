/** The codes of MediaError. */
const unsupportedSourceCode = 4
const undecodableCode = 3

const missingFileReason = 'The file is gone or cannot be read.'
const damagedFileReason = 'This file’s sound cannot be decoded.'
const unsupportedAiffReason =
  'This AIFF file is damaged, or compressed in a way that cannot be played here: convert it, to FLAC for example.'
const emptyFileReason = 'This file is empty.'

/**
 * Why a song cannot be played, as one sentence. A media element does not tell a missing file from a damaged one, so
 * the host is asked for its first byte.
 */
export async function describeFailure(url: string, code: number | undefined): Promise<string> {
  if (code === undecodableCode) return damagedFileReason
  const answer = await fetchFirstByte(url)
  if (answer === undefined || (!answer.ok && answer.status !== 416)) return missingFileReason
  // No byte can be had of an empty file: a range of it cannot be satisfied.
  if (answer.status === 416 || answer.headers.get('content-length') === '0') return emptyFileReason
  if (code !== unsupportedSourceCode) return missingFileReason
  // The host sends AIFF as WAV; what it sends as it is, it could not convert.
  return answer.headers.get('content-type') === 'audio/aiff' ? unsupportedAiffReason : damagedFileReason
}

/** The sentence for a file whose kind this browser has no decoder for. */
export function describeUnsupportedFormat(format: string): string {
  return `This window cannot play ${format.toUpperCase()} files: convert it, to FLAC for example.`
}

async function fetchFirstByte(url: string): Promise<Response | undefined> {
  try {
    const answer = await fetch(url, { headers: { Range: 'bytes=0-0' }, cache: 'no-store' })
    void answer.body?.cancel()
    return answer
  } catch {
    return undefined
  }
}
