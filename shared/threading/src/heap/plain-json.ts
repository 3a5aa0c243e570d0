import type { ByteBuffer } from './byte-buffer.ts'

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf, isExtensible } =
  Object
type LookupGetter = (this: object, key: PropertyKey) => unknown
/** For an index it costs a tenth of a descriptor. */
const lookupGetter = Reflect.get(Object.prototype, '__lookupGetter__') as LookupGetter

/** A circular structure is deeper than any limit: it is left to the general encoding early. */
const maxDepth = 32
/** Up to this many characters a loop is faster than setting up the encoder. */
const maxLoopLength = 32

const comma = 0x2c
const colon = 0x3a
const quote = 0x22
const backslash = 0x5c
const firstPrintable = 0x20
const firstBeyondAscii = 0x80
const [openBracket, closeBracket] = [0x5b, 0x5d]
const [openBrace, closeBrace] = [0x7b, 0x7d]

/**
 * Writes an object as JSON if `JSON.parse` makes an equal one of it. Otherwise returns false, and what it wrote is
 * worthless. Checks and writes in one pass, so that no accessor or proxy can give one value to the check and another
 * to the text.
 */
export function writePlainObject(object: object, into: ByteBuffer, depth = 0): boolean {
  if (depth > maxDepth || !isExtensible(object)) return false
  const prototype = getPrototypeOf(object)
  if (prototype === Object.prototype) return writeRecord(object as Record<string, unknown>, into, depth)
  return prototype === Array.prototype && Array.isArray(object) && writeList(object, into, depth)
}

function writeRecord(record: Record<string, unknown>, into: ByteBuffer, depth: number): boolean {
  if (Array.isArray(record)) return false
  const keys = getOwnPropertyNames(record)
  if (keys.length === 0) writeByte(openBrace, into)
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!
    const descriptor = getOwnPropertyDescriptor(record, key)
    if (descriptor === undefined || !descriptor.enumerable || !descriptor.writable) return false
    const member = record[key]
    // A proxy can show another value than it describes.
    if (member !== descriptor.value || !descriptor.configurable) return false
    writeByte(index === 0 ? openBrace : comma, into)
    writeString(key, into)
    writeByte(colon, into)
    if (!writePlainValue(member, into, depth)) return false
  }
  writeByte(closeBrace, into)
  return getOwnPropertySymbols(record).length === 0
}

function writeList(list: readonly unknown[], into: ByteBuffer, depth: number): boolean {
  const { length } = list
  writeByte(openBracket, into)
  for (let index = 0; index < length; index++) {
    if (index > 0) writeByte(comma, into)
    if (lookupGetter.call(list, index) !== undefined || !writePlainValue(list[index], into, depth))
      return false
  }
  writeByte(closeBracket, into)
  // The elements and `length`: no hole that a prototype fills, and no other member.
  return Reflect.ownKeys(list).length === length + 1
}

function writePlainValue(value: unknown, into: ByteBuffer, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      writeString(value, into)
      return true
    case 'number':
      // Not NaN, an infinity or -0, which JSON does not have.
      if (value - value !== 0 || (value === 0 && 1 / value < 0)) return false
      writeAscii(String(value), into)
      return true
    case 'boolean':
      writeAscii(value ? 'true' : 'false', into)
      return true
    case 'object':
      if (value !== null) return writePlainObject(value, into, depth + 1)
      writeAscii('null', into)
      return true
    default:
      return false
  }
}

function writeByte(code: number, into: ByteBuffer): void {
  if (into.size === into.bytes.length) into.reserve(1)
  into.bytes[into.size++] = code
}

function writeAscii(text: string, into: ByteBuffer): void {
  const { length } = text
  if (into.size + length > into.bytes.length) into.reserve(length)
  const target = into.bytes
  const start = into.size
  for (let index = 0; index < length; index++) target[start + index] = text.charCodeAt(index)
  into.size = start + length
}

function writeString(text: string, into: ByteBuffer): void {
  const { length } = text
  if (length > maxLoopLength) {
    into.writeJsonString(text)
    return
  }
  if (into.size + length + 2 > into.bytes.length) into.reserve(length + 2)
  const target = into.bytes
  let end = into.size
  target[end++] = quote
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index)
    if (code >= firstBeyondAscii || code < firstPrintable || code === quote || code === backslash) {
      into.writeJsonString(text)
      return
    }
    target[end++] = code
  }
  target[end++] = quote
  into.size = end
}
