import { TextDecoder } from 'node:util'

/** Names of jschardet, and the label by which TextDecoder knows the same code page. */
const codePages: ReadonlyMap<string, string> = new Map([
  ['Windows-1251', 'windows-1251'],
  ['Windows-1253', 'windows-1253'],
  ['Windows-1255', 'windows-1255'],
  ['CP874', 'windows-874'],
  ['CP932', 'shift_jis'],
  ['EUC-JP', 'euc-jp'],
  ['GB18030', 'gb18030'],
  ['Big5', 'big5'],
  ['CP949', 'euc-kr'],
])

/** The detector's result does not change with more text, but its time grows. */
const maxSampleBytes = 4096

const windows1252 = new TextDecoder('windows-1252')
const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Decodes texts whose tag does not state a code page, or states Latin-1 for anything. Texts of one tag have one code
 * page, so all of them together decide. Without clear evidence it is windows-1252, which extends Latin-1.
 */
export async function decodeByteTexts(texts: readonly Uint8Array[]): Promise<string[]> {
  if (!texts.some(hasHighByte)) return texts.map((text) => windows1252.decode(text))
  const decoder = await chooseDecoder(texts)
  return texts.map((text) => decodeWith(decoder, text) ?? windows1252.decode(text))
}

async function chooseDecoder(texts: readonly Uint8Array[]): Promise<TextDecoder> {
  if (texts.every((text) => decodeWith(utf8, text) !== undefined)) return utf8
  const sample = joinSamples(texts.filter(hasHighByte))
  for (const label of await rankCodePages(sample)) {
    const decoder = new TextDecoder(label, { fatal: true })
    const decoded = texts.map((text) => decodeWith(decoder, text))
    if (decoded.every((text) => text !== undefined) && isConvincing(decoded.join(' '))) return decoder
  }
  return windows1252
}

/** Returns the labels of the possible code pages, the most probable first; none if the sample is Latin text. */
async function rankCodePages(sample: Uint8Array): Promise<string[]> {
  if (isWesternText(sample)) return []
  // Loaded on demand: its model takes 0.2 s and 40 MB, and most libraries never need it.
  const { detectAll } = await import('jschardet')
  const found = detectAll(sample, {
    minimumThreshold: 0,
    detectEncodings: [...codePages.keys()],
  })
  return found.flatMap(({ encoding }) => codePages.get(encoding ?? '') ?? [])
}

/**
 * Whether the high bytes are accents in western words. There, they are rarely more than a third of a word, and rarely
 * adjacent; in other scripts almost every letter is a high byte. The bytes 80 to 9F are punctuation in windows-1252 and
 * stand beside spaces and ASCII letters; as lead bytes of Shift-JIS they stand in groups.
 */
function isWesternText(sample: Uint8Array): boolean {
  let high = 0
  let letters = 0
  let adjacent = 0
  let previousIsHigh = false
  for (const byte of sample) {
    const isHigh = byte >= 0x80
    if (isHigh) high++
    if (isHigh && previousIsHigh) adjacent++
    if (isHigh || isAsciiLetter(byte)) letters++
    previousIsHigh = isHigh
  }
  const isMostlyHigh = high * 2 >= letters && adjacent * 3 >= high
  return high < 4 || !(isMostlyHigh || hasShiftJisPairs(sample))
}

/** Whether at least two pairs of Shift-JIS with a lead byte that windows-1252 has only as rare punctuation follow each other. */
function hasShiftJisPairs(sample: Uint8Array): boolean {
  let pairs = 0
  let longest = 0
  for (let at = 0; at + 1 < sample.length; ) {
    const lead = sample[at] ?? 0
    const trail = sample[at + 1] ?? 0
    const isPair = (lead >= 0x81 && lead <= 0x9f) || (lead >= 0xe0 && lead <= 0xfc)
    if (isPair && trail >= 0x40 && trail !== 0x7f && trail <= 0xfc) {
      if (lead <= 0x9f) pairs++
      at += 2
    } else {
      pairs = 0
      at++
    }
    longest = Math.max(longest, pairs)
  }
  return longest >= 2
}

/** Whether the letters outside ASCII are of the scripts that the code pages are for, and none is a private character. */
function isConvincing(text: string): boolean {
  if (/[\p{Co}\p{Cn}]/u.test(text)) return false
  const foreign = text.match(/[[\p{L}\p{M}]--\p{ASCII}]/gv)?.length ?? 0
  const expected = text.match(expectedScripts)?.length ?? 0
  return expected >= 2 && expected * 10 >= foreign * 9
}

const expectedScripts =
  /[\p{Script=Cyrillic}\p{Script=Greek}\p{Script=Hebrew}\p{Script=Thai}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]/gu

function joinSamples(texts: readonly Uint8Array[]): Uint8Array {
  const sample: number[] = []
  for (const text of texts) {
    if (sample.length > 0) sample.push(0x20)
    sample.push(...text.subarray(0, Math.max(0, maxSampleBytes - sample.length)))
  }
  return Uint8Array.from(sample)
}

function decodeWith(decoder: TextDecoder, text: Uint8Array): string | undefined {
  try {
    return decoder.decode(text)
  } catch {
    return undefined
  }
}

export function hasHighByte(text: Uint8Array): boolean {
  return text.some((byte) => byte >= 0x80)
}

function isAsciiLetter(byte: number): boolean {
  const lower = byte | 0x20
  return lower >= 0x61 && lower <= 0x7a
}
