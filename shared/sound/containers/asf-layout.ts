import { type ByteParser, request } from '../bytes/byte-parser.ts'

/** Bytes of a file. */
export interface AsfSpan {
  readonly start: number
  readonly length: number
}

/** The stream with sound in an ASF file, as its header states it. */
export interface AsfSound {
  readonly stream: number
  /** The number of the coding, like in WAVE. */
  readonly format: number
  readonly channelCount: number
  readonly sampleRate: number
  readonly bytesPerSecond: number
  /** The bytes that are decoded at once. */
  readonly blockBytes: number
  readonly bitDepth: number
  /** The whole object with the properties of the stream. */
  readonly properties: AsfSpan
}

/** What the header of an ASF file (WMA) states. */
export interface AsfLayout {
  readonly sound: AsfSound
  /** Seconds. */
  readonly duration: number
  /** Milliseconds in front of the first sound. */
  readonly preroll: number
  readonly packetBytes: number
  /** The first packet, and behind the last one. */
  readonly start: number
  readonly end: number
  /** Whether the file ends before its packets do. */
  readonly isCut: boolean
  readonly isProtected: boolean
  /** The objects with texts, in the sequence of the file, by their kinds. */
  readonly texts: readonly (readonly [AsfTextKind, AsfSpan])[]
}

export type AsfTextKind = 'content' | 'extended' | 'metadata'

const kinds = {
  header: '3026b2758e66cf11a6d900aa0062ce6c',
  data: '3626b2758e66cf11a6d900aa0062ce6c',
  file: 'a1dcab8c47a9cf118ee400c00c205365',
  stream: '9107dcb7b7a9cf118ee600c00c205365',
  extension: 'b503bf5f2ea9cf118ee300c00c205365',
  encryption: 'fbb3112223bdd211b4b700a0c955fc6e',
  extendedEncryption: '14e68a292226174cb935dae07ee9289c',
} as const

const textKinds: ReadonlyMap<string, AsfTextKind> = new Map([
  ['3326b2758e66cf11a6d900aa0062ce6c', 'content'],
  ['40a4d0d207e3d21197f000a0c95ea850', 'extended'],
  ['eacbf8c5af5b77488467aa8c44fa4cca', 'metadata'],
  ['941c23449894d149a1411d134e457054', 'metadata'],
])
const soundStream = '409e69f84d5bcf11a8fd00805f5c442b'

const objectBytes = 24
const maxObjects = 500

interface Findings {
  sound: AsfSound | undefined
  duration: number
  preroll: number
  packetBytes: number
  isProtected: boolean
  readonly texts: (readonly [AsfTextKind, AsfSpan])[]
}

/** Parses a file that begins at `start` and ends at `end`; returns undefined if it has no sound. */
export function* findAsfLayout(end: number, start = 0): ByteParser<AsfLayout | undefined> {
  const header = yield* readObject(start)
  if (header?.kind !== kinds.header) return undefined
  const found: Findings = {
    sound: undefined,
    duration: 0,
    preroll: 0,
    packetBytes: 0,
    isProtected: false,
    texts: [],
  }
  const headerEnd = Math.min(start + header.length, end)
  yield* readObjects(start + objectBytes + 6, headerEnd, found)
  const data = yield* readObject(headerEnd)
  if (found.sound === undefined || data?.kind !== kinds.data) return undefined
  const first = headerEnd + objectBytes + 26
  // A file that is still being recorded has no size yet.
  const statedEnd = data.length <= objectBytes + 26 ? end : headerEnd + data.length
  return {
    ...found,
    sound: found.sound,
    start: first,
    end: Math.min(statedEnd, end),
    isCut: statedEnd > end,
  }
}

interface AsfObject {
  readonly kind: string
  /** In bytes, with its header. */
  readonly length: number
}

function* readObject(position: number): ByteParser<AsfObject | undefined> {
  const view = toView(yield* request(position, objectBytes))
  if (view.byteLength < objectBytes) return undefined
  return { kind: hex(view, 0), length: Number(view.getBigUint64(16, true)) }
}

function* readObjects(start: number, end: number, found: Findings): ByteParser<void> {
  let position = start
  for (let count = 0; count < maxObjects && position + objectBytes <= end; count++) {
    const object = yield* readObject(position)
    if (object === undefined || object.length < objectBytes) return
    const content = {
      start: position + objectBytes,
      length: Math.min(object.length, end - position) - objectBytes,
    }
    const text = textKinds.get(object.kind)
    if (text !== undefined) found.texts.push([text, content])
    else if (object.kind === kinds.file) yield* readFileProperties(content, found)
    else if (object.kind === kinds.stream) yield* readStreamProperties(content, found)
    else if (object.kind === kinds.encryption || object.kind === kinds.extendedEncryption)
      found.isProtected = true
    // The extension has objects too, behind 22 bytes.
    else if (object.kind === kinds.extension && content.length > 22)
      yield* readObjects(content.start + 22, content.start + content.length, found)
    position += object.length
  }
}

function* readFileProperties({ start }: AsfSpan, found: Findings): ByteParser<void> {
  const view = toView(yield* request(start, 80))
  if (view.byteLength < 80) return
  found.preroll = Number(view.getBigUint64(56, true))
  found.duration = Math.max(0, Number(view.getBigUint64(40, true)) / 1e7 - found.preroll / 1000)
  found.packetBytes = view.getUint32(72, true)
}

function* readStreamProperties({ start, length }: AsfSpan, found: Findings): ByteParser<void> {
  const view = toView(yield* request(start, 72))
  if (view.byteLength < 72 || hex(view, 0) !== soundStream || found.sound !== undefined) return
  found.sound = {
    stream: view.getUint16(48, true) & 127,
    format: view.getUint16(54, true),
    channelCount: view.getUint16(56, true),
    sampleRate: view.getUint32(58, true),
    bytesPerSecond: view.getUint32(62, true),
    blockBytes: view.getUint16(66, true),
    bitDepth: view.getUint16(68, true),
    properties: { start: start - objectBytes, length: length + objectBytes },
  }
}

const toView = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)

function hex(view: DataView, offset: number): string {
  let text = ''
  for (let index = 0; index < 16; index++)
    text += view
      .getUint8(offset + index)
      .toString(16)
      .padStart(2, '0')
  return text
}
