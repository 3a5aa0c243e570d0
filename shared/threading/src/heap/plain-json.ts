import type { ByteBuffer } from './byte-buffer.ts'

const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols, getPrototypeOf, isExtensible } =
  Object
type LookupGetter = (this: object, key: PropertyKey) => unknown
/** For an index it costs a tenth of a descriptor. */
const lookupGetter = Reflect.get(Object.prototype, '__lookupGetter__') as LookupGetter

/** A circular structure is deeper than any limit: it is left to the general encoding early. */
const maxDepth = 32

const comma = 0x2c
const colon = 0x3a
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
  into.writeByte(openBrace)
  for (let index = 0; index < keys.length; index++) {
    const key = keys[index]!
    const descriptor = getOwnPropertyDescriptor(record, key)
    if (descriptor === undefined || !descriptor.enumerable || !descriptor.writable) return false
    const member = record[key]
    // A proxy can show another value than it describes.
    if (member !== descriptor.value || !descriptor.configurable) return false
    if (index > 0) into.writeByte(comma)
    into.writeQuoted(key)
    into.writeByte(colon)
    if (!writePlainValue(member, into, depth)) return false
  }
  into.writeByte(closeBrace)
  return getOwnPropertySymbols(record).length === 0
}

function writeList(list: readonly unknown[], into: ByteBuffer, depth: number): boolean {
  const { length } = list
  into.writeByte(openBracket)
  for (let index = 0; index < length; index++) {
    if (index > 0) into.writeByte(comma)
    if (lookupGetter.call(list, index) !== undefined || !writePlainValue(list[index], into, depth))
      return false
  }
  into.writeByte(closeBracket)
  // The elements and `length`: no hole that a prototype fills, and no other member.
  return Reflect.ownKeys(list).length === length + 1
}

function writePlainValue(value: unknown, into: ByteBuffer, depth: number): boolean {
  switch (typeof value) {
    case 'string':
      into.writeQuoted(value)
      return true
    case 'number':
      return writeNumber(value, into)
    case 'boolean':
      into.writeAscii(value ? 'true' : 'false')
      return true
    case 'object':
      if (value !== null) return writePlainObject(value, into, depth + 1)
      into.writeAscii('null')
      return true
    default:
      return false
  }
}

function writeNumber(value: number, into: ByteBuffer): boolean {
  if (!Number.isFinite(value) || Object.is(value, -0)) return false
  into.writeAscii(String(value))
  return true
}
