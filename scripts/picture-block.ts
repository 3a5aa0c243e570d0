/** Returns a front cover as FLAC's PICTURE block. Ogg files have it in base64 as METADATA_BLOCK_PICTURE. */
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
  for (const [index, value] of values.entries()) buffer.writeUInt32BE(value, index * 4)
  return buffer
}
