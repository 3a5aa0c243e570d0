import { sleep, store } from '../../../../../shared/threading/src/core/atomic.ts'
import { attachHandle } from '../../../../../shared/threading/src/core/kind-registry.ts'
import { header, magic, thread, threadAt } from '../../../../../shared/threading/src/core/layout.ts'
import type { Primitive } from '../../../../../shared/threading/src/core/primitive.ts'
import { interruptWait } from '../../../../../shared/threading/src/core/wait-list.ts'
import { recoverFromThreadDeath } from '../../../../../shared/threading/src/recovery/thread-death-recovery.ts'
import { identOf, type Run, type Scenario } from '../../engine/scenario.ts'
import { terminate } from '../../engine/steps.ts'
import { checkNothingLost } from './memory-audit.ts'

/** A scenario whose first thread dies. What is done for it is done by main, step by step. */
export type DeathRun = Pick<Run, 'threads' | 'servants' | 'check'>

export const doomedIdent = identOf(0)
const doomedSlot = doomedIdent - 1

/** A worker crashes: nothing announces its end. */
export function crashOf(ident: number): void {
  terminate(ident)
  recover(ident - 1)
}

/** Until the recovery is complete: another thread may be about to use the slot. */
function recover(slotNumber: number): void {
  while (!recoverFromThreadDeath(slotNumber)) sleep(header.magic, magic, 1)
}

const crash = () => crashOf(doomedIdent)

/** Like `killThread`: the thread can take more steps before its worker is gone. */
function kill(): void {
  store(threadAt(doomedSlot) + thread.killed, 1)
  interruptWait(doomedSlot)
  terminate(doomedIdent)
  recover(doomedSlot)
}

const deaths: readonly (readonly [string, () => void])[] = [
  ['crashes', crash],
  ['is killed', kill],
]

/** The scenario with each kind of death of its first thread. */
export function deathsIn(name: string, setUp: () => DeathRun, more: Partial<Scenario> = {}): Scenario[] {
  return deaths.map(([kind, undertaker]) => deathIn(`Death: ${name}, ${kind}`, setUp, undertaker, more))
}

/** At the end, all memory must be free, apart from what a sleeping thread uses. */
export function deathIn(
  name: string,
  setUp: () => DeathRun,
  undertaker: () => void,
  more: Partial<Scenario> = {},
): Scenario {
  return {
    name,
    setUp: () => {
      const { threads, servants = [], check } = setUp()
      return {
        threads,
        servants,
        undertaker,
        leavesNothing: false,
        check: () => {
          check?.()
          checkNothingLost()
        },
      }
    },
    plain: 'writes',
    ...more,
  }
}

/** This thread's own handle: what a handle remembers is not shared between threads. */
export const ownHandle = <Kind extends Primitive>({ id }: Kind): Kind => attachHandle(id) as Kind
