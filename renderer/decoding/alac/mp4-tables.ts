/** The content of a box of an MP4 file in memory. */
export type BoxContent = DataView<ArrayBuffer>

/** Yields the kinds and contents of the boxes that are one behind the other. A box that is cut short is shorter. */
export function* boxesOf(content: BoxContent, skip = 0): Generator<readonly [string, BoxContent]> {
  let position = skip
  while (position + 8 <= content.byteLength) {
    let size = content.getUint32(position)
    let header = 8
    if (size === 1 && position + 16 <= content.byteLength) {
      size = Number(content.getBigUint64(position + 8))
      header = 16
    } else if (size === 0) size = content.byteLength - position
    if (size < header) return
    const end = Math.min(position + size, content.byteLength)
    const start = content.byteOffset + position + header
    yield [
      boxType(content, position + 4),
      new DataView(content.buffer, start, Math.max(0, end - position - header)),
    ]
    position += size
  }
}

function boxType(content: BoxContent, position: number): string {
  return String.fromCharCode(...[0, 1, 2, 3].map((offset) => content.getUint8(position + offset)))
}

/** Returns the first box along a path of kinds. */
export function findContent(content: BoxContent, ...path: readonly string[]): BoxContent | undefined {
  let found: BoxContent | undefined = content
  for (const type of path) found = found && firstOfType(found, type)
  return found
}

function firstOfType(content: BoxContent, type: string): BoxContent | undefined {
  for (const [found, inner] of boxesOf(content)) if (found === type) return inner
  return undefined
}

/** Returns the time units of a second from `mvhd` or `mdhd`. */
export function timescaleOf(header: BoxContent | undefined): number {
  if (header === undefined || header.byteLength < 24) return 0
  return header.getUint32(header.getUint8(0) === 1 ? 20 : 12)
}

/** Yields the entries of a table that begins with their number, after the version. */
export function* entriesOf(table: BoxContent | undefined, entryBytes: number): Generator<BoxContent> {
  if (table === undefined || table.byteLength < 8) return
  const count = Math.min(table.getUint32(4), Math.floor((table.byteLength - 8) / entryBytes))
  for (let index = 0; index < count; index++)
    yield new DataView(table.buffer, table.byteOffset + 8 + index * entryBytes, entryBytes)
}
