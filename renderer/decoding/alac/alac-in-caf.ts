import type { ByteSource } from '../../../shared/sound/audio-stream.ts'
import { type CafLayout, findCafLayout } from '../../../shared/sound/containers/caf-layout.ts'
import { parseSource, readUpTo } from '../../../shared/sound/containers/read-source.ts'
import { DecodeError } from '../../../shared/sound/stream-error.ts'
import { readAlacConfiguration } from './alac-configuration.ts'
import { AlacDecoder } from './alac-decoder.ts'
import { AlacSound } from './alac-sound.ts'
import type { PacketList } from './packet-list.ts'

const maxCookieBytes = 4096
/** The table of a day of sound is 3 MB. */
const maxTableBytes = 16 * 1024 * 1024

/** Opens Apple Lossless in a CAF file; resolves with undefined if the file has none. Throws DecodeError and SourceError. */
export async function openAlacInCaf(source: ByteSource): Promise<AlacSound | undefined> {
  const layout = await parseSource(source, findCafLayout(source.size))
  if (layout?.format !== 'alac') return undefined
  const { cookie } = layout
  const bytes = cookie && (await readUpTo(source, cookie.start, Math.min(cookie.length, maxCookieBytes)))
  const configuration = bytes && readAlacConfiguration(bytes)
  if (configuration === undefined) throw new DecodeError('The file has no configuration of its packets')
  const packets = await listPackets(source, layout, configuration.framesPerPacket)
  if (packets.count === 0) throw new DecodeError('The file has no packets')
  return new AlacSound(
    source,
    configuration,
    await withLastPacket(source, packets, new AlacDecoder(configuration)),
  )
}

/** Encoders that write to a pipe do not state that the last packet is shorter than the others. */
async function withLastPacket(
  source: ByteSource,
  packets: PacketList,
  decoder: AlacDecoder,
): Promise<PacketList> {
  const last = packets.count - 1
  const firstFrames = packets.firstFrames.slice()
  const [start, end] = [firstFrames[last] as number, firstFrames[last + 1] as number]
  const packet = await readUpTo(source, packets.positions[last] as number, packets.sizes[last] as number)
  try {
    const missing = end - start - (decoder.decode(packet)[0]?.length ?? 0)
    if (missing <= 0) return packets
    firstFrames[last + 1] = end - missing
    const all = end - missing - packets.skippedFrames
    return { ...packets, firstFrames, frames: Math.min(packets.frames, all) }
  } catch (error) {
    if (error instanceof RangeError) return packets
    throw error
  }
}

async function listPackets(
  source: ByteSource,
  { sound, packetTable }: CafLayout,
  framesPerPacket: number,
): Promise<PacketList> {
  const entries = packetTable?.entries ?? { start: 0, length: 0 }
  const table = await readUpTo(source, entries.start, Math.min(entries.length, maxTableBytes))
  const stated = readSizes(table, packetTable?.packets ?? 0)
  const positions = new Float64Array(stated.length)
  let end = sound.start
  let count = 0
  // What is beyond the end of a file that was cut short is missing.
  for (; count < stated.length && end < sound.start + sound.length; count++) {
    positions[count] = end
    end += stated[count] as number
  }
  const firstFrames = Float64Array.from({ length: count + 1 }, (_, index) => index * framesPerPacket)
  const skippedFrames = Math.max(0, packetTable?.primingFrames ?? 0)
  const remainder = Math.min(Math.max(0, packetTable?.remainderFrames ?? 0), framesPerPacket)
  const isWhole = count === stated.length
  // The last packet is shorter.
  if (isWhole && count > 0) firstFrames[count] = (firstFrames[count] as number) - remainder
  const all = (firstFrames[count] as number) - skippedFrames
  const valid = packetTable?.frames ?? 0
  const frames = Math.max(0, isWhole && valid > 0 ? Math.min(valid, all) : all)
  return { count, positions, sizes: stated, firstFrames, skippedFrames, frames }
}

/** Reads sizes of seven bits a byte, of which all but the last have the highest bit. */
function readSizes(table: Uint8Array, packets: number): Uint32Array {
  const sizes = new Uint32Array(Math.min(Math.max(0, packets), table.length))
  let count = 0
  let size = 0
  for (const byte of table) {
    if (count === sizes.length) break
    size = size * 128 + (byte & 127)
    if (byte >= 128) continue
    sizes[count++] = size
    size = 0
  }
  return sizes.subarray(0, count)
}
