/**
 * A value as a list of tokens, which JSON can hold. A token that is an array is a mark: its first element is the index of
 * a word in `marks` and decides what the others are. Texts, booleans, null and most numbers are tokens themselves. There
 * are no objects, so no value and no name of a member can be taken for a mark; and no nesting, so no depth is too much
 * for a stack. The tokens of members follow the mark of their object.
 *
 *   mark        elements after it             what follows in the list
 *   ----------  ----------------------------  ------------------------------------------------------
 *   list        protection, count             the elements
 *   sparseList  protection, count, length     name and value of each element and other member
 *   record      protection, count             name and value of each member
 *   bareRecord  protection, count             the same, for an object whose prototype is null
 *   undefined                                 nothing
 *   number      NaN, ±Infinity or -0 as text  nothing
 *   primitive   id                            nothing
 *   binary      protection, kind, size        nothing; the bytes follow the text, in the order of marks
 *   view        protection, kind, size,       nothing; the bytes are the process's memory
 *               offset
 */
export type Token = string | number | boolean | null | Mark
export type Mark = readonly (string | number)[]

export const marks = {
  list: 0,
  sparseList: 1,
  record: 2,
  bareRecord: 3,
  undefined: 4,
  number: 5,
  primitive: 6,
  binary: 7,
  view: 8,
} as const

/** How an object is protected against changes: an index in this list. */
const protections: readonly (((object: object) => object) | undefined)[] = [
  undefined,
  Object.preventExtensions,
  Object.seal,
  Object.freeze,
]

export function protectionOf(object: object): number {
  if (Object.isExtensible(object)) return 0
  if (Object.isFrozen(object)) return 3
  return Object.isSealed(object) ? 2 : 1
}

export function protect(object: object, protection: number): void {
  protections[protection]?.(object)
}
