import type { BitReader } from './bit-reader.ts'

/** How the differences of a channel are coded: adaptive Golomb-Rice codes with runs of zeros. */
export interface RiceParameters {
  /** The mean with which a packet begins, in 1/512. */
  readonly initialMean: number
  /** How fast the mean follows the values, in 1/512. */
  readonly adaption: number
  /** The maximum of bits behind the prefix. */
  readonly maxBits: number
}

/** A prefix of so many ones announces a value in plain bits. */
const escapePrefix = 9
const maxMean = 0xffff
/** Below this mean, in 1/512, a run of zeros follows. */
const runMean = 128
const longestRun = 0xffff

/** Reads `count` values of up to `width` bits. Throws RangeError if the codes do not fit in the packet. */
export function readRiceCodes(
  bits: BitReader,
  { initialMean, adaption, maxBits }: RiceParameters,
  values: Int32Array,
  { count, width }: { readonly count: number; readonly width: number },
): void {
  let mean = initialMean
  // After a run of zeros comes another value than zero, so that its code is one less.
  let offset = 0
  let index = 0
  while (index < count) {
    const parameter = Math.min(31 - Math.clz32((mean >>> 9) + 3), maxBits)
    const code = readCode(bits, parameter, width)
    const value = (code + offset) >>> 0
    values[index++] = (value >>> 1) ^ -(value & 1)
    mean = code > maxMean ? maxMean : adaption * value + mean - ((adaption * mean) >> 9)
    offset = 0
    if (mean >= runMean || index >= count) continue
    const run = readRun(bits, mean, maxBits)
    if (index + run > count) throw new RangeError('A run of zeros is too long.')
    values.fill(0, index, index + run)
    index += run
    offset = run >= longestRun ? 0 : 1
    mean = 0
  }
}

function readCode(bits: BitReader, parameter: number, width: number): number {
  const word = bits.peek()
  const prefix = Math.clz32(~word)
  if (prefix >= escapePrefix) {
    bits.position += escapePrefix
    return bits.read(width)
  }
  bits.position += prefix + 1
  if (parameter === 1) return prefix
  const rest = (word << (prefix + 1)) >>> (32 - parameter)
  const quotient = prefix * ((1 << parameter) - 1)
  // A rest of 0 and 1 has one bit less.
  if (rest < 2) {
    bits.position += parameter - 1
    return quotient
  }
  bits.position += parameter
  return quotient + rest - 1
}

function readRun(bits: BitReader, mean: number, maxBits: number): number {
  const parameter = Math.clz32(mean) - 24 + ((mean + 16) >> 6)
  const word = bits.peek()
  const prefix = Math.clz32(~word)
  if (prefix >= escapePrefix) {
    bits.position += escapePrefix
    return bits.read(16)
  }
  const rest = (word << (prefix + 1)) >>> (32 - parameter)
  const quotient = prefix * (((1 << parameter) - 1) & ((1 << maxBits) - 1))
  bits.position += prefix + parameter + (rest < 2 ? 0 : 1)
  return rest < 2 ? quotient : quotient + rest - 1
}
