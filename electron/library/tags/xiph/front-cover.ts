const frontCover = 3

/** Returns the pictures with the front cover first. */
export function sortPictures<T extends { readonly type: number }>(pictures: readonly T[]): T[] {
  const rank = ({ type }: T): number => (type === frontCover ? 0 : 1)
  return pictures.toSorted((a, b) => rank(a) - rank(b))
}
