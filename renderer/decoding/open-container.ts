import type { ByteSource } from '../../shared/sound/audio-stream.ts'
import { readWith } from '../../shared/sound/bytes/retrying-reader.ts'
import { readMatroskaTrim } from '../../shared/sound/matroska/matroska-trim.ts'
import { readMp4Trim } from '../../shared/sound/mp4/mp4-trim.ts'
import { openContainerPackets } from './container-packets.ts'
import { PacketStream } from './packet-stream.ts'

/** Opens the sound of an MP4 file. */
export async function openMp4(source: ByteSource): Promise<PacketStream> {
  const { iTunes, hasEdit, editSeconds, tick } = await readWith(source, readMp4Trim)
  const packets = await openContainerPackets(source, async ({ sampleRate }) => ({
    // With an edit list, the times of the packets show where the sound begins.
    priming: hasEdit ? 0 : (iTunes?.priming ?? 0),
    frames: iTunes?.frames,
    edit: editSeconds ? { frames: editSeconds * sampleRate, tick: tick * sampleRate } : undefined,
    padding: 0,
    hasExactTimes: true,
  }))
  return await PacketStream.open(packets, source)
}

/** Opens the sound of a WebM or Matroska file. */
export async function openMatroska(source: ByteSource): Promise<PacketStream> {
  const { delay, padding } = await readWith(source, readMatroskaTrim)
  const packets = await openContainerPackets(source, async ({ sampleRate, preSkip }) => {
    const frames = (nanoseconds: number) => Math.round((nanoseconds / 1e9) * sampleRate)
    return { priming: preSkip ?? frames(delay), padding: frames(padding), hasExactTimes: false }
  })
  return await PacketStream.open(packets, source)
}
