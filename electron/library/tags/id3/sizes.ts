/** Reads a number of seven bits per byte, in which no byte resembles the start of an MPEG frame. */
export function synchsafe(bytes: Uint8Array, at: number): number {
  let value = 0
  for (let i = at; i < at + 4; i++) value = value * 128 + ((bytes[i] ?? 0) & 0x7f)
  return value
}

export function isSynchsafe(bytes: Uint8Array, at: number): boolean {
  for (let i = at; i < at + 4; i++) if ((bytes[i] ?? 0) >= 0x80) return false
  return true
}

/** Reads a number of `count` whole bytes. */
export function plainNumber(bytes: Uint8Array, at: number, count = 4): number {
  let value = 0
  for (let i = at; i < at + count; i++) value = value * 256 + (bytes[i] ?? 0)
  return value
}
