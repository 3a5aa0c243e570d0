import type { FailureReason } from '../../shared/player/messages.ts'

/** The codes of MediaError. */
const unsupportedSourceCode = 4
const undecodableCode = 3
/** The host's status for a file whose disk does not respond. */
const diskHangsStatus = 503

/**
 * Returns why a song cannot be played. A media element reports the same error for a missing
 * and for a damaged file, so this requests the file's first byte from the host.
 */
export async function findFailureReason(url: string, code: number | undefined): Promise<FailureReason> {
  if (code === undecodableCode) return 'fileDamaged'
  const response = await fetchFirstByte(url)
  if (response?.status === diskHangsStatus) return 'diskHangs'
  if (response === undefined || (!response.ok && response.status !== 416)) return 'fileMissing'
  // An empty file has no first byte: the range cannot be satisfied.
  if (response.status === 416 || response.headers.get('content-length') === '0') return 'fileEmpty'
  if (code !== unsupportedSourceCode) return 'fileMissing'
  // The host sends AIFF as WAV, unless it cannot convert the file.
  return response.headers.get('content-type') === 'audio/aiff' ? 'aiffUnsupported' : 'fileDamaged'
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
