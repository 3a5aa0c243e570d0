import { header } from '../core/layout.ts'
import { mySlot, words } from '../core/memory.ts'
import { block, freeListCount, freeListOf, holder, workerIn } from './heap-block.ts'

/**
 * The shared lists of free blocks, by their length (segregated fits). The heap's guard must be held. A block in
 * a list is marked as free until the step that hands it to a worker, which comes last.
 */

/** A block of one unit has no room after its header. */
export const minUnits = 2
/** How many blocks of a list are tried: some of them are too short. */
const maxTries = 32

/** Writes a block's header. Where the block is part of another one, the chain of blocks changes with the length. */
export function writeBlock(start: number, units: number, heldBy: number): void {
  words[start * 4 + block.holder] = heldBy
  words[start * 4 + block.units] = units
}

export function pushFree(freed: number): void {
  const list = header.freeBlocks + freeListOf(words[freed * 4 + block.units]!)
  words[freed * 4 + block.holder] = holder.nobody
  words[freed * 4 + block.link] = words[list]!
  words[list] = freed
}

/** Takes a block of this length from the lists and returns the rest of it; 0 where no block is long enough. */
export function takeFit(units: number): number {
  const link = linkToFit(units)
  return link === 0 ? 0 : takeAfter(link, units)
}

/** The word that refers to a block of at least this length, 0 for none. */
function linkToFit(units: number): number {
  const list = freeListOf(units)
  const link = linkInList(list, units)
  if (link !== 0) return link
  for (let longer = list + 1; longer < freeListCount; longer++)
    if (words[header.freeBlocks + longer] !== 0) return header.freeBlocks + longer
  return 0
}

function linkInList(list: number, units: number): number {
  let link = header.freeBlocks + list
  for (let tries = 0; tries < maxTries; tries++) {
    const candidate = words[link]!
    if (candidate === 0) return 0
    if (words[candidate * 4 + block.units]! >= units) return link
    link = candidate * 4 + block.link
  }
  return 0
}

/** Takes the block that a word refers to out of its list, and returns what is left of it beyond `units`. */
function takeAfter(link: number, units: number): number {
  const taken = words[link]!
  words[link] = words[taken * 4 + block.link]!
  const rest = words[taken * 4 + block.units]! - units
  if (rest >= minUnits) {
    writeBlock(taken + units, rest, holder.nobody)
    words[taken * 4 + block.units] = units
    pushFree(taken + units)
  }
  words[taken * 4 + block.holder] = workerIn(mySlot)
  return taken
}
