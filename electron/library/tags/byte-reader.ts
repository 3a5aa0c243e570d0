export type { ByteReader } from '../../../shared/sound/bytes/byte-reader.ts'
