import { writeSync } from 'node:fs'
import { Worker } from 'node:worker_threads'
import { closePool, enumerate, Queue, type Thread } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/node'
import { requireMemory } from '../../../shared/threading/src/core/memory.ts'
import { Crew } from './crew.ts'
import { dump } from './dump.ts'
import { endRound } from './end-round.ts'
import { chooseFeatures, type Feature } from './features.ts'
import { Ledger } from './ledger.ts'
import { operationsFor } from './random-program.ts'
import { RandomSource } from './random-source.ts'
import { type Actor, createWorld } from './shared-objects.ts'
import { describe, receive } from './stress-items.ts'
import type { WatcherData } from './watcher.ts'

/**
 * `node round.ts JSON`: one round in a process of its own. Threads run random programs while main kills some of them;
 * then everything has to be accounted for. Prints the result as JSON.
 */

export interface RoundOptions {
  readonly seed: number
  readonly milliseconds: number
  /** What the round may use. It uses a random part of it, unless `usesAll`. */
  readonly features: readonly Feature[]
  readonly usesAll: boolean
  /** Whether an item is put twice, so that the round fails. */
  readonly plants: boolean
}

export interface RoundResult {
  readonly features: readonly Feature[]
  readonly violations: number
  readonly kills: number
  readonly items: number
  readonly operations: number
}

/** Milliseconds without progress of main until the round is ended from outside. */
const maxSilence = 30_000
const maxBusyTime = 200

const options: RoundOptions = JSON.parse(process.argv[2] ?? '')
const random = new RandomSource(options.seed)
const features = options.usesAll ? options.features : chooseFeatures(random, options.features)
const uses = (feature: Feature) => features.includes(feature)
const ledger = Ledger.create()
const killChance = random.pick([0.5, 1])
const size = 3 + random.below(5)
startProcess({
  name: 'stress',
  workers: size + 3,
  entry: new URL('./actor-worker.ts', import.meta.url),
  memoryBytes: 2 ** 26,
})
const main: Actor = { id: 0, random, ledger, world: createWorld(random, uses), uses }
const crew = new Crew(main, features, size)
watch()
try {
  await disturb()
  await endRound(main, crew)
} catch (error) {
  ledger.violation(`main threw ${error instanceof Error ? error.stack : describe(error)}`)
}
if (ledger.violations > 0) writeSync(2, `${dump(snapshot())}\nThe dead were in: ${crew.describeHands()}\n`)
const result: RoundResult = {
  features,
  violations: ledger.violations,
  kills: crew.kills,
  items: ledger.items,
  operations: crew.operations,
}
writeSync(1, JSON.stringify(result))
closePool()
process.exit()

function watch(): void {
  const workerData: WatcherData = { memory: requireMemory(), maxSilence }
  new Worker(new URL('./watcher.ts', import.meta.url), { workerData }).unref()
}

/** Lets the threads run, kills some of them, and takes part. */
async function disturb(): Promise<void> {
  const operations = operationsFor(features)
  crew.fill()
  await crew.booted()
  for (const end = performance.now() + options.milliseconds; performance.now() < end; ) {
    if (ledger.violations > 0) return
    ledger.beat()
    crew.removeDead()
    crew.fill()
    for (let count = random.below(4); count > 0; count--) await random.pick(operations)(main)
    await pass(killSome())
  }
  if (options.plants) plantItem()
}

function plantItem(): void {
  const serial = ledger.nextItem(0, 0)
  const queue = new Queue<unknown>()
  for (let copies = 0; copies < 2; copies++) queue.put(serial)
  for (let copies = 0; copies < 2; copies++) receive(main, queue, 0, queue.get())
}

function killSome(): Thread | undefined {
  let victim: Thread | undefined
  if (uses('deaths') && random.chance(killChance))
    for (let count = 1 + random.below(2); count > 0; count--) victim = crew.kill() ?? victim
  return victim
}

/** Lets some time pass: busy, blocked in a join of the last victim, or idle. */
async function pass(victim: Thread | undefined): Promise<void> {
  const choice = random.below(4)
  if (choice === 0 && uses('busy-main')) spin(random.below(maxBusyTime))
  else if (choice === 1 && uses('blocked-main') && victim !== undefined) joinBlocked(victim)
  else if (choice === 2 && victim !== undefined) await victim.joinAsync()
  else await new Promise((resolve) => setTimeout(resolve, random.below(maxBusyTime)))
}

function spin(milliseconds: number): void {
  for (const end = performance.now() + milliseconds; performance.now() < end; );
}

/** Without a timeout: main has to notice the end by itself. */
function joinBlocked(victim: Thread): void {
  victim.join()
  const { ident } = victim
  if (victim.isAlive() || enumerate().some((thread) => thread.ident === ident))
    ledger.violation(`${victim.name} was joined and is alive`)
}
