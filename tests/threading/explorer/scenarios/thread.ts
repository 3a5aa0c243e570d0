import { slotState, thread, threadAt } from '../../../../shared/threading/src/core/layout.ts'
import { words } from '../../../../shared/threading/src/core/memory.ts'
import { defineTargets } from '../../../../shared/threading/src/core/targets.ts'
import { Event } from '../../../../shared/threading/src/primitives/event.ts'
import { recoverFromThreadDeath } from '../../../../shared/threading/src/recovery/thread-death-recovery.ts'
import { Thread } from '../../../../shared/threading/src/threads/thread.ts'
import { Timer } from '../../../../shared/threading/src/threads/timer.ts'
import { runThreads } from '../../../../shared/threading/src/threads/worker-loop.ts'
import { expect, identOf, type Run, type Scenario } from '../engine/scenario.ts'
import { pause, terminate } from '../engine/steps.ts'

let ran = 0

function work(): void {
  pause()
  ran++
}

defineTargets({ work })

/** The worker of the scenario's first thread: it sleeps until a Thread is started in its slot. */
function worker(): () => unknown {
  const record = threadAt(identOf(0) - 1)
  words[record + thread.slotState] = slotState.booting
  words[record + thread.ident] = 0
  words[record + thread.startSequence] = 0
  ran = 0
  return () => runThreads(words.buffer, identOf(0) - 1, () => {})
}

const servants = ['worker']

function startAndJoin(): Run {
  const runWorker = worker()
  return {
    threads: {
      worker: runWorker,
      starter: () => {
        for (let time = 1; time <= 2; time++) {
          const started = new Thread({ target: work, daemon: true })
          started.start()
          started.join()
          expect(ran === time && !started.isAlive(), 'join came back before the thread had ended')
        }
      },
    },
    servants,
    leavesNothing: false,
  }
}

function joinTwice(): Run {
  const runWorker = worker()
  const started = new Event()
  let one: Thread | undefined
  return {
    threads: {
      worker: runWorker,
      starter: () => {
        one = new Thread({ target: work, daemon: true })
        one.start()
        started.set()
        one.join(5)
      },
      joiner: async () => {
        started.wait()
        await one?.joinAsync()
        expect(ran === 1, 'join came back before the thread had ended')
      },
    },
    servants,
    leavesNothing: false,
  }
}

/** A thread dies, and who joins it goes on. */
function joinTheDead(): Run {
  const runWorker = worker()
  const started = new Event()
  return {
    threads: {
      worker: runWorker,
      starter: () => {
        const doomed = new Thread({ target: work, daemon: true })
        doomed.start()
        started.set()
        doomed.join()
        expect(!doomed.isAlive(), 'join came back before the thread had ended')
      },
      undertaker: () => {
        started.wait()
        terminate(identOf(0))
        recoverFromThreadDeath(identOf(0) - 1)
      },
    },
    servants,
    leavesNothing: false,
  }
}

/** A timer that is cancelled either ran its target or never will. */
function cancelTimer(): Run {
  const runWorker = worker()
  return {
    threads: {
      worker: runWorker,
      canceller: () => {
        const timer = new Timer({ interval: 5, target: work, daemon: true })
        timer.start()
        timer.cancel()
        timer.join()
        expect(ran <= 1, 'the target ran twice')
        expect(!timer.isAlive(), 'join came back before the timer had ended')
      },
    },
    servants,
    leavesNothing: false,
  }
}

export const threadScenarios: Scenario[] = [
  { name: 'Thread: started and joined, twice in one worker', setUp: startAndJoin },
  { name: 'Thread: joined by two, one gives up', setUp: joinTwice },
  { name: 'Thread: joined while it dies', setUp: joinTheDead },
  { name: 'Timer: cancelled', setUp: cancelTimer },
]
