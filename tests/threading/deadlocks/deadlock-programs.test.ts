import {
  Barrier,
  BoundedSemaphore,
  Cell,
  Condition,
  killThread,
  Lock,
  Queue,
  RLock,
  Semaphore,
  type Thread,
} from '@skein/threading'
import { type Deadlock, DeadlockDetector, findDeadlocks, Inspector, snapshot } from '@skein/threading/inspect'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { inProcess, run } from '../test-process.ts'
import {
  mortalPrograms,
  type ProgramPlan,
  type ResourceKind,
  type RingPlan,
  rings,
  safePrograms,
} from './program-arbitraries.ts'
import {
  joinRing,
  nestAsync,
  type Program,
  type Resource,
  runProgram,
  type ThreadPlan,
  waitForLock,
} from './program-targets.ts'

inProcess(8)

const seed = Number(process.env.SEED ?? 10)
/** How many times as many programs are tried. */
const scale = Number(process.env.SCALE ?? 1)
/** Samples between two turns of the event loop. */
const samplesPerTurn = 50

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function makeResource(kind: ResourceKind, permits = 1): Resource {
  if (kind === 'Lock') return new Lock()
  if (kind === 'RLock') return new RLock()
  if (kind === 'Semaphore') return permits === 1 ? new BoundedSemaphore() : new Semaphore({ value: permits })
  return new Condition()
}

interface RunningProgram {
  readonly started: Queue<number>
  readonly threads: readonly Thread[]
  readonly resources: readonly Resource[]
  readonly disposables: readonly Disposable[]
}

function startProgram(plan: ProgramPlan): RunningProgram {
  const program: Program = {
    start: new Barrier({ parties: plan.threads.length }),
    started: new Queue<number>(),
    resources: plan.resources.map(({ kind, permits }) => makeResource(kind, permits)),
    inboxes: plan.threads.map(() => ({
      items: new Queue<number>(),
      changed: new Condition(),
      notices: new Cell(),
    })),
  }
  const threads: Thread[] = []
  for (const [number, threadPlan] of plan.threads.entries()) {
    const earlier = threads.map(({ ident }) => ident)
    threads.push(run(runProgram, [program, number, threadPlan, earlier]))
  }
  const inboxes = program.inboxes.flatMap(({ items, changed, notices }) => [items, changed, notices])
  const { start, started, resources } = program
  return { started, threads, resources, disposables: [start, started, ...resources, ...inboxes] }
}

/**
 * Samples as fast as possible while the threads run, and acquires their resources asynchronously. Returns what was
 * reported.
 */
async function sampleUntilEnd(
  { threads, resources }: RunningProgram,
  beforeTurn: () => void = () => {},
): Promise<Deadlock[]> {
  const [inspector, detector] = [new Inspector(), new DeadlockDetector()]
  const reports: Deadlock[] = []
  const isRunning = () => threads.some((thread) => thread.isAlive())
  const nestRepeatedly = async (): Promise<void> => {
    while (isRunning()) await nestAsync(resources).then(nextTurn)
  }
  const nesting = nestRepeatedly()
  while (reports.length === 0 && isRunning()) {
    beforeTurn()
    for (let sample = 0; sample < samplesPerTurn; sample++) {
      reports.push(...detector.detect(inspector.sample()), ...findDeadlocks(snapshot()))
    }
    await nextTurn()
  }
  await endAll(threads)
  await nesting
  return reports
}

async function endAll(threads: readonly Thread[]): Promise<void> {
  for (const thread of threads) if (thread.isAlive()) killThread(thread.ident!)
  for (const thread of threads) await thread.joinAsync()
}

test(
  'no deadlock is reported in programs that cannot deadlock',
  async () => {
    const property = fc.asyncProperty(safePrograms, async (plan) => {
      const running = startProgram(plan)
      expect(await sampleUntilEnd(running)).toEqual([])
      for (const disposable of running.disposables) disposable[Symbol.dispose]()
    })
    await fc.assert(property, { seed, numRuns: 20 * scale, endOnFailure: true })
  },
  120_000 * scale,
)

test(
  'no deadlock is reported while threads are killed',
  async () => {
    const kills = fc.array(fc.nat({ max: 20 }), { minLength: 1, maxLength: 2 })
    const property = fc.asyncProperty(mortalPrograms, kills, async (plan, turns) => {
      const running = startProgram(plan)
      let turn = 0
      const killAtTurn = () => {
        if (running.started.qsize() < running.threads.length) return
        const victims = running.threads.filter((thread, index) => turns[index] === turn && thread.isAlive())
        for (const { ident } of victims) killThread(ident!)
        turn++
      }
      expect(await sampleUntilEnd(running, killAtTurn)).toEqual([])
    })
    await fc.assert(property, { seed, numRuns: 10 * scale, endOnFailure: true })
  },
  120_000 * scale,
)

test('no deadlock is reported while five threads acquire two locks in the same order', async () => {
  const lock = { kind: 'Lock', permits: 1 } as const
  const nest = { kind: 'nest', resources: [0, 1], spin: 0 } as const
  const threads = Array.from({ length: 5 }, () => ({ steps: [nest], rounds: 10_000, kept: [] }))
  expect(await sampleUntilEnd(startProgram({ resources: [lock, lock], threads }))).toEqual([])
}, 60_000)

interface Ring {
  readonly members: readonly Thread[]
  readonly bystanders: readonly Thread[]
  readonly locks: readonly Resource[]
}

function startRing({ kinds, extras, bystanders }: RingPlan): Ring {
  const locks = kinds.map((kind) => makeResource(kind))
  const all = new Barrier({ parties: kinds.length + bystanders.length })
  const members = locks.map((lock, index) => {
    const own = [...Array.from({ length: extras[index]! }, () => new Lock()), lock]
    return run(joinRing, [all, own, locks[(index + 1) % locks.length]])
  })
  return { members, locks, bystanders: bystanders.map((member) => run(waitForLock, [all, locks[member]])) }
}

const idOfLock = (resource: Resource): number =>
  resource instanceof Condition ? resource.lock.id : resource.id

const byThread = (one: { thread: number }, other: { thread: number }) => one.thread - other.thread

test(
  'every ring of threads that wait for each other is reported once, beside threads that run',
  async () => {
    const property = fc.asyncProperty(rings, safePrograms, async (ringPlan, program) => {
      const running = startProgram({ ...program, threads: program.threads.slice(0, 2).map(withOwnSteps) })
      const ring = startRing(ringPlan)
      const reports: Deadlock[] = []
      const [inspector, detector] = [new Inspector(), new DeadlockDetector()]
      const isOver = () => reports.length > 0 && running.threads.every((thread) => !thread.isAlive())
      for (; !isOver(); await nextTurn()) reports.push(...detector.detect(inspector.sample()))
      expect(reports).toHaveLength(1)
      const idents = ring.members.map(({ ident }) => ident!)
      expect(reports[0]!.links.toSorted(byThread)).toEqual(
        idents
          .map((thread, index) => ({
            thread,
            waitsFor: idOfLock(ring.locks[(index + 1) % idents.length]!),
            heldBy: idents[(index + 1) % idents.length],
          }))
          .sort(byThread),
      )
      await endAll([...ring.members, ...ring.bystanders, ...running.threads])
    })
    await fc.assert(property, { seed, numRuns: 10 * scale, endOnFailure: true })
  },
  120_000 * scale,
)

/** Leaves out the steps that need another thread. */
const withOwnSteps = (plan: ThreadPlan): ThreadPlan => ({
  ...plan,
  steps: plan.steps.filter(({ kind }) => kind === 'nest' || kind === 'attempt'),
})
