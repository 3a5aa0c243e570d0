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
  type ProgramPlan,
  type ResourceKind,
  type RingPlan,
  rings,
  safePrograms,
} from './program-arbitraries.ts'
import { joinRing, type Program, type Resource, runProgram, waitForLock } from './program-targets.ts'

inProcess(8)

const seed = Number(process.env.SEED ?? 10)
/** Samples between two turns of the event loop. */
const samplesPerTurn = 50

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve))

function makeResource(kind: ResourceKind, permits = 1): Resource {
  if (kind === 'Lock') return new Lock()
  if (kind === 'RLock') return new RLock()
  if (kind === 'Semaphore') return permits === 1 ? new BoundedSemaphore() : new Semaphore({ value: permits })
  return new Condition()
}

function startProgram(plan: ProgramPlan): { threads: Thread[]; disposables: Disposable[] } {
  const program: Program = {
    start: new Barrier({ parties: plan.threads.length }),
    resources: plan.resources.map(({ kind, permits }) => makeResource(kind, permits)),
    inboxes: plan.threads.map(() => ({
      items: new Queue<number>(),
      changed: new Condition(),
      notices: new Cell(),
    })),
  }
  const threads: Thread[] = []
  for (const [number, steps] of plan.threads.entries()) {
    const earlier = threads.map(({ ident }) => ident)
    threads.push(run(runProgram, [program, number, steps, earlier, plan.rounds]))
  }
  const inboxes = program.inboxes.flatMap(({ items, changed, notices }) => [items, changed, notices])
  return { threads, disposables: [program.start, ...program.resources, ...inboxes] }
}

/** Samples as fast as possible while the threads run. Returns what was reported. */
async function sampleUntilEnd(threads: readonly Thread[]): Promise<Deadlock[]> {
  const [inspector, detector] = [new Inspector(), new DeadlockDetector()]
  const reports: Deadlock[] = []
  while (reports.length === 0 && threads.some((thread) => thread.isAlive())) {
    for (let sample = 0; sample < samplesPerTurn; sample++) {
      reports.push(...detector.detect(inspector.sample()), ...findDeadlocks(snapshot()))
    }
    await nextTurn()
  }
  return reports
}

async function endAll(threads: readonly Thread[]): Promise<void> {
  for (const thread of threads) if (thread.isAlive()) killThread(thread.ident!)
  for (const thread of threads) await thread.joinAsync()
}

test('no deadlock is reported in programs that cannot deadlock', async () => {
  const property = fc.asyncProperty(safePrograms, async (plan) => {
    const { threads, disposables } = startProgram(plan)
    const reports = await sampleUntilEnd(threads)
    await endAll(threads)
    for (const disposable of disposables) disposable[Symbol.dispose]()
    expect(reports).toEqual([])
  })
  await fc.assert(property, { seed, numRuns: 40, endOnFailure: true })
}, 120_000)

test('no deadlock is reported while five threads acquire two locks in the same order', async () => {
  const nest = { kind: 'nest', resources: [0, 1], spin: 0 } as const
  const resources = [
    { kind: 'Lock', permits: 1 },
    { kind: 'Lock', permits: 1 },
  ] as const
  const { threads } = startProgram({
    resources,
    threads: Array.from({ length: 5 }, () => [nest]),
    rounds: 10_000,
  })
  const reports = await sampleUntilEnd(threads)
  await endAll(threads)
  expect(reports).toEqual([])
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

test('every ring of threads that wait for each other is reported once, beside threads that run', async () => {
  const property = fc.asyncProperty(rings, safePrograms, async (ringPlan, program) => {
    const running = startProgram({ ...program, threads: program.threads.slice(0, 2).map(ownSteps) })
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
  await fc.assert(property, { seed, numRuns: 20, endOnFailure: true })
}, 120_000)

/** The steps that need no other thread. */
const ownSteps = (steps: ProgramPlan['threads'][number]): ProgramPlan['threads'][number] =>
  steps.filter(({ kind }) => kind === 'nest' || kind === 'attempt')
