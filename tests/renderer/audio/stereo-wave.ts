/** Returns a WAV file with two 16-bit channels. */
export function createStereoWave(left: Int16Array, right: Int16Array, sampleRate: number): Buffer {
  const data = Buffer.alloc(left.length * 4)
  for (let frame = 0; frame < left.length; frame++) {
    data.writeInt16LE(left[frame] ?? 0, frame * 4)
    data.writeInt16LE(right[frame] ?? 0, frame * 4 + 2)
  }
  const header = Buffer.alloc(44)
  header.write('RIFF', 0, 'latin1')
  header.writeUInt32LE(36 + data.length, 4)
  header.write('WAVEfmt ', 8, 'latin1')
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(2, 22)
  header.writeUInt32LE(sampleRate, 24)
  header.writeUInt32LE(sampleRate * 4, 28)
  header.writeUInt16LE(4, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36, 'latin1')
  header.writeUInt32LE(data.length, 40)
  return Buffer.concat([header, data])
}

/** A tone whose frames are all different, so that a part of it can be found again: it rises slowly. */
export function createSweep(frames: number, sampleRate: number, from = 300, to = 600): Int16Array {
  return Int16Array.from({ length: frames }, (_, frame) => {
    const seconds = frame / sampleRate
    const turns = from * seconds + ((to - from) * seconds ** 2 * sampleRate) / (2 * frames)
    return Math.round(12_000 * Math.sin(2 * Math.PI * turns))
  })
}
