/** Where the packets of a file are, in their sequence, and which frames they contain. */
export interface PacketList {
  readonly count: number
  /** In bytes from the beginning of the file. */
  readonly positions: Float64Array
  readonly sizes: Uint32Array
  /** The first frame of each packet, and behind the last packet the number of frames. */
  readonly firstFrames: Float64Array
  /** The frames at the beginning that are not part of the sound, and the number of those that are. */
  readonly skippedFrames: number
  readonly frames: number
}

/** Returns the index of the packet that contains a frame. */
export function packetOf({ count, firstFrames }: PacketList, frame: number): number {
  let low = 0
  let high = count - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((firstFrames[middle] as number) <= frame) low = middle
    else high = middle - 1
  }
  return low
}

/** Returns the index behind the packets that follow `first` without a gap and are at most `maxBytes` together. */
export function endOfRun({ count, positions, sizes }: PacketList, first: number, maxBytes: number): number {
  const start = positions[first] as number
  let end = start + (sizes[first] as number)
  let index = first + 1
  while (index < count && positions[index] === end && end + (sizes[index] as number) - start <= maxBytes) {
    end += sizes[index] as number
    index++
  }
  return index
}
