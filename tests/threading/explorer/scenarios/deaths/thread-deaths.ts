import { slotState, thread, threadAt } from '../../../../../shared/threading/src/core/layout.ts'
import { words } from '../../../../../shared/threading/src/core/memory.ts'
import { defineTargets } from '../../../../../shared/threading/src/core/targets.ts'
import { Event } from '../../../../../shared/threading/src/primitives/event.ts'
import { enumerate, Thread } from '../../../../../shared/threading/src/threads/thread.ts'
import { runThreads } from '../../../../../shared/threading/src/threads/worker-loop.ts'
import { expect, type Scenario } from '../../engine/scenario.ts'
import { pause } from '../../engine/steps.ts'
import { type DeathRun, deathsIn, doomedIdent } from './death.ts'

const runs: string[] = []

function recordRun(text: string): void {
  pause()
  runs.push(text)
}

defineTargets({ recordRun })

/** Makes the slot of a scenario's thread that of a worker, which sleeps until a Thread is started in it. */
function workerIn(slotNumber: number): () => unknown {
  const record = threadAt(slotNumber)
  words[record + thread.slotState] = slotState.booting
  words[record + thread.ident] = 0
  words[record + thread.startSequence] = 0
  return () => runThreads(words.buffer, slotNumber, () => {})
}

const startThread = (text: string): Thread => {
  const started = new Thread({ target: recordRun, args: [text], daemon: true })
  started.start()
  return started
}

/** The doomed thread starts a thread. It then runs as a whole, or it is nowhere; and the next thread can be started. */
function starting(): DeathRun {
  const worker = workerIn(doomedIdent)
  runs.length = 0
  let isStarted = false
  return {
    threads: {
      doomed: () => {
        startThread('by the doomed thread')
        isStarted = true
      },
      worker,
    },
    servants: ['worker'],
    check: () => {
      const text = runs.join()
      const isWhole = text === 'by the doomed thread'
      expect(isWhole || (text === '' && !isStarted), `these ran: ${text}`)
      const state = words[threadAt(doomedIdent) + thread.slotState]!
      expect(
        state === slotState.ended || state === slotState.idle,
        `the worker's slot is in the state ${state}`,
      )
      const alive = enumerate().map(({ ident }) => ident)
      expect(!alive.includes(doomedIdent + 1), `these are alive: ${alive}`)
    },
  }
}

/** The doomed thread is the worker. A thread that joins one of its threads returns. */
function running(): DeathRun {
  runs.length = 0
  const worker = workerIn(doomedIdent - 1)
  let hasJoined = false
  return {
    threads: {
      doomed: worker,
      starter: () => {
        try {
          startThread('started').join()
        } catch {
          // No worker is free.
        }
        hasJoined = true
      },
    },
    servants: ['doomed'],
    check: () => {
      expect(hasJoined, 'the join did not return')
      const alive = enumerate().map(({ ident }) => ident)
      expect(!alive.includes(doomedIdent), `these are alive: ${alive}`)
    },
  }
}

/** The doomed thread joins another. */
function joining(isAsync: boolean): DeathRun {
  runs.length = 0
  const worker = workerIn(doomedIdent)
  let joined = 0
  const hasStarted = new Event()
  let started: Thread | undefined
  return {
    threads: {
      doomed: async () => {
        hasStarted.wait()
        await (isAsync ? started?.joinAsync() : started?.join())
      },
      worker,
      starter: () => {
        started = startThread('started')
        hasStarted.set()
        started.join()
        joined++
      },
    },
    servants: ['worker'],
    check: () => expect(joined === 1 && runs.length === 1, `${joined} joined, these ran: ${runs}`),
  }
}

export const threadDeaths: Scenario[] = [
  ...deathsIn('Thread.start', starting),
  ...deathsIn('a worker', running),
  ...deathsIn('Thread.join', () => joining(false)),
  ...deathsIn('Thread.joinAsync', () => joining(true)),
]
