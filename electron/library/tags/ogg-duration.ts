/** The parts of a file's first Ogg page that its duration depends on. */
interface OggStream {
  readonly serial: number
  readonly codec: 'opus' | 'other'
  /** Samples before the sound begins. */
  readonly preSkip: number
}

const pageHeaderBytes = 27

/**
 * Returns the seconds of an Ogg file's first stream, from the sample count in its last page; undefined if `tail`, the
 * file's last bytes, contains no page of that stream. `sampleRate` is the codec's, except that Opus counts in 48 kHz.
 */
export function oggDuration(head: Uint8Array, tail: Uint8Array, sampleRate: number): number | undefined {
  const stream = firstStream(head)
  if (stream === undefined) return undefined
  const view = new DataView(tail.buffer, tail.byteOffset, tail.byteLength)
  for (let at = tail.length - pageHeaderBytes; at >= 0; at--) {
    if (view.getUint32(at) !== 0x4f676753) continue // OggS
    if (view.getUint32(at + 14, true) !== stream.serial) continue
    const samples = Number(view.getBigInt64(at + 6, true))
    // −1: no packet ends on this page.
    if (samples === -1) continue
    return (samples - stream.preSkip) / (stream.codec === 'opus' ? 48_000 : sampleRate)
  }
  return undefined
}

function firstStream(head: Uint8Array): OggStream | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  if (head.length < pageHeaderBytes + 1) return undefined
  const packet = pageHeaderBytes + (head[26] ?? 0)
  const serial = view.getUint32(14, true)
  const isOpus = new TextDecoder('latin1').decode(head.subarray(packet, packet + 8)) === 'OpusHead'
  if (!isOpus) return { serial, codec: 'other', preSkip: 0 }
  return head.length < packet + 12
    ? undefined
    : { serial, codec: 'opus', preSkip: view.getUint16(packet + 10, true) }
}
