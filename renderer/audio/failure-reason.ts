import type { FailureReason } from '../../shared/player/messages.ts'

/** The codes of MediaError. */
const unsupportedSourceCode = 4
const undecodableCode = 3

/**
 * Returns why a song cannot be played. A media element does not tell a missing file from a damaged one, so
 * the host is asked for its first byte.
 */
export async function findFailureReason(url: string, code: number | undefined): Promise<FailureReason> {
  if (code === undecodableCode) return 'fileDamaged'
  const answer = await fetchFirstByte(url)
  if (answer === undefined || (!answer.ok && answer.status !== 416)) return 'fileMissing'
  // No byte can be had of an empty file: a range of it cannot be satisfied.
  if (answer.status === 416 || answer.headers.get('content-length') === '0') return 'fileEmpty'
  if (code !== unsupportedSourceCode) return 'fileMissing'
  // The host sends AIFF as WAV; what it sends as it is, it could not convert.
  return answer.headers.get('content-type') === 'audio/aiff' ? 'aiffUnsupported' : 'fileDamaged'
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
