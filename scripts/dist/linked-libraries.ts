import { closeSync, openSync, readSync } from 'node:fs'

const dynamicSegment = 2
const loadSegment = 1
const neededTag = 1
const stringTableTag = 5

/**
 * Returns the names of the libraries that a program or library needs: the NEEDED entries in the dynamic section of an
 * ELF file ("System V ABI", chapter 5). Returns none for a file that is not a little-endian 64-bit ELF file.
 */
export function linkedLibraries(file: string): readonly string[] {
  const handle = openSync(file, 'r')
  try {
    const read = (position: number, length: number): Buffer => {
      const bytes = Buffer.alloc(length)
      return bytes.subarray(0, readSync(handle, bytes, 0, length, position))
    }
    const head = read(0, 64)
    if (head.length < 64 || head.toString('latin1', 0, 6) !== '\x7fELF\x02\x01') return []
    return neededNames(programHeaders(head, read), read)
  } finally {
    closeSync(handle)
  }
}

type Read = (position: number, length: number) => Buffer

interface Segment {
  readonly kind: number
  readonly position: number
  /** Its address in memory, to which addresses in the dynamic section refer. */
  readonly address: number
  readonly length: number
}

function programHeaders(head: Buffer, read: Read): readonly Segment[] {
  const position = Number(head.readBigUInt64LE(32))
  const size = head.readUInt16LE(54)
  return Array.from({ length: head.readUInt16LE(56) }, (_, index) => {
    const entry = read(position + index * size, size)
    return {
      kind: entry.readUInt32LE(0),
      position: Number(entry.readBigUInt64LE(8)),
      address: Number(entry.readBigUInt64LE(16)),
      length: Number(entry.readBigUInt64LE(32)),
    }
  })
}

function neededNames(segments: readonly Segment[], read: Read): readonly string[] {
  const dynamic = segments.find(({ kind }) => kind === dynamicSegment)
  if (dynamic === undefined) return []
  const entries = read(dynamic.position, dynamic.length)
  const values = (tag: number): number[] => {
    const found: number[] = []
    for (let at = 0; at + 16 <= entries.length; at += 16) {
      if (Number(entries.readBigUInt64LE(at)) === tag) found.push(Number(entries.readBigUInt64LE(at + 8)))
    }
    return found
  }
  const [table = 0] = values(stringTableTag)
  const load = segments.find(
    ({ kind, address, length }) => kind === loadSegment && table >= address && table < address + length,
  )
  if (load === undefined) return []
  const strings = load.position + table - load.address
  return values(neededTag).map((offset) => {
    const bytes = read(strings + offset, 256)
    return bytes.toString('latin1', 0, bytes.indexOf(0))
  })
}
