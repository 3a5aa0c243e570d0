/** A piece of a stream's media object. */
export interface AsfPayload {
  readonly stream: number
  readonly object: number
  /** Where the piece is in its object. */
  readonly offset: number
  /** The object's bytes; undefined if the packet does not state them. */
  readonly objectBytes: number | undefined
  /** Milliseconds, with the file's preroll. */
  readonly time: number
  readonly bytes: Uint8Array
}

/** Reads the fields of a packet, each of which has 0, 1, 2 or 4 bytes. */
class FieldReader {
  position = 0
  readonly #view: DataView

  constructor(packet: Uint8Array) {
    this.#view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  }

  byte(): number {
    return this.#view.getUint8(this.position++)
  }

  /** Throws RangeError behind the end of the packet. */
  field(kind: number): number {
    const { position } = this
    this.position += kind === 3 ? 4 : kind
    if (kind === 0) return 0
    if (kind === 1) return this.#view.getUint8(position)
    return kind === 2 ? this.#view.getUint16(position, true) : this.#view.getUint32(position, true)
  }
}

/** Returns the pieces in a packet, those in front of a place that is damaged. */
export function readAsfPacket(packet: Uint8Array): AsfPayload[] {
  const payloads: AsfPayload[] = []
  try {
    for (const payload of payloadsOf(packet)) payloads.push(payload)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
  }
  return payloads
}

function* payloadsOf(packet: Uint8Array): Generator<AsfPayload> {
  const fields = new FieldReader(packet)
  const correction = fields.byte()
  if ((correction & 0x80) !== 0) fields.position += correction & 15
  else fields.position--
  const lengths = fields.byte()
  const properties = fields.byte()
  const packetLength = fields.field((lengths >> 5) & 3)
  fields.field((lengths >> 1) & 3)
  const padding = fields.field((lengths >> 3) & 3)
  // The time at which the packet is sent, and its duration.
  fields.position += 6
  const end = Math.min(packet.length, packetLength || packet.length) - padding
  const hasSeveral = (lengths & 1) !== 0
  const flags = hasSeveral ? fields.byte() : 0
  for (let count = hasSeveral ? flags & 63 : 1; count > 0 && fields.position < end; count--)
    yield* readPayload(packet, fields, { properties, lengthKind: flags >> 6, end })
}

function* readPayload(
  packet: Uint8Array,
  fields: FieldReader,
  { properties, lengthKind, end }: { properties: number; lengthKind: number; end: number },
): Generator<AsfPayload> {
  const stream = fields.byte() & 127
  const object = fields.field((properties >> 4) & 3)
  const offset = fields.field((properties >> 2) & 3)
  const replicated = fields.field(properties & 3)
  const start = fields.position
  const hasTime = replicated >= 8
  const view = new DataView(packet.buffer, packet.byteOffset, packet.byteLength)
  const objectBytes = hasTime ? view.getUint32(start, true) : undefined
  const time = hasTime ? view.getUint32(start + 4, true) : offset
  fields.position += replicated
  const length = lengthKind === 0 ? end - fields.position : fields.field(lengthKind)
  const content = packet.subarray(fields.position, Math.min(fields.position + length, end))
  fields.position += length
  // One byte of replicated data: whole objects follow, each behind its length, and the offset is the time.
  if (replicated !== 1) yield { stream, object, offset, objectBytes, time, bytes: content }
  else yield* objectsOf(content, { stream, object, time, step: packet[start] ?? 0 })
}

function* objectsOf(
  content: Uint8Array,
  { stream, object, time, step }: { stream: number; object: number; time: number; step: number },
): Generator<AsfPayload> {
  let position = 0
  for (let index = 0; position < content.length; index++) {
    const length = content[position] as number
    const bytes = content.subarray(position + 1, position + 1 + length)
    yield {
      stream,
      object: (object + index) & 255,
      offset: 0,
      objectBytes: length,
      time: time + index * step,
      bytes,
    }
    position += 1 + length
  }
}
