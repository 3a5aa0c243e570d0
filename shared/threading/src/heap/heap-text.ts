import { bytes, words } from '../core/memory.ts'
import { allocate, unitBytes } from './heap.ts'

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

/** Stores a text in a block of the heap: its length in bytes, then its UTF-8. Returns the block's address. */
export function storeText(text: string): number {
  const encoded = encoder.encode(text)
  const address = allocate(encoded.length + 4)
  words[address * 4] = encoded.length
  bytes.set(encoded, address * unitBytes + 4)
  return address
}

export function loadText(address: number): string {
  const start = address * unitBytes + 4
  // Decoders refuse shared memory: `slice` copies into private memory.
  return decoder.decode(bytes.slice(start, start + words[address * 4]!))
}
