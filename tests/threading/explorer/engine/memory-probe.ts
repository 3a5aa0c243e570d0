import {
  header,
  heapStart,
  object,
  objectAt,
  waitRecord,
} from '../../../../shared/threading/src/core/layout.ts'
import { doubles, words } from '../../../../shared/threading/src/core/memory.ts'
import { clock, current } from './state.ts'

/** What a scenario sees of memory at one moment, without a step of its own. */

interface Listed {
  readonly id: number
}

function waitRecordsOf({ id }: Listed, list: number): number[] {
  const nodes: number[] = []
  for (let at = words[objectAt(id) + object.lists + list * 2]!; at !== 0; at = words[at + waitRecord.next]!)
    nodes.push(at)
  return nodes
}

/** Idents of those who wait in a list of an object, first come first. */
export const waiting = (listed: Listed, list = 0): number[] =>
  waitRecordsOf(listed, list).map((at) => words[at + waitRecord.ident]!)

/** The first who waits there, where it has waited that many milliseconds; 0 for none. */
export function firstWaitingFor(listed: Listed, milliseconds: number): number {
  const [first] = waitRecordsOf(listed, 0)
  if (first === undefined || clock.at - doubles[(first + waitRecord.since) / 2]! < milliseconds) return 0
  return words[first + waitRecord.ident]!
}

/** Blocks of the heap that are not free. */
export function blocksInUse(): number {
  let blocks = 0
  for (let at = heapStart / 4; at < words[header.heapTop]!; at += words[at * 4]!) blocks++
  for (let list = 0; list < 40; list++) {
    for (let at = words[header.freeBlocks + list]!; at !== 0; at = words[at * 4 + 1]!) blocks--
  }
  return blocks
}

/** Whether the thread sleeps in any wait. */
export const isAsleep = (ident: number): boolean => current.isAsleep(ident)
