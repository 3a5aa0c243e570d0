/** A front cover as FLAC's PICTURE block has it; Ogg files carry the same in base64 as METADATA_BLOCK_PICTURE. */
export function pictureBlock(mediaType: string, width: number, height: number, picture: Uint8Array): Buffer {
  const type = Buffer.from(mediaType, 'latin1')
  const frontCover = 3
  const description = 0
  return Buffer.concat([
    uint32Bytes(frontCover, type.length),
    type,
    uint32Bytes(description, width, height, 24, 0, picture.length),
    picture,
  ])
}

function uint32Bytes(...values: number[]): Buffer {
  const buffer = Buffer.alloc(values.length * 4)
  for (const [place, value] of values.entries()) buffer.writeUInt32BE(value, place * 4)
  return buffer
}
