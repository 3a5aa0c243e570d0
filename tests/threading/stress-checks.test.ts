import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { LifoQueue, PriorityQueue, Queue } from '@skein/threading'
import { snapshot } from '@skein/threading/inspect'
import { describe, expect, test } from 'vitest'
import { auditQueue, countItems, drain } from './stress/audit.ts'
import { features } from './stress/features.ts'
import { count, fate, type Hand, Ledger } from './stress/ledger.ts'
import { RandomSource } from './stress/random-source.ts'
import type { Actor, World } from './stress/shared-objects.ts'
import { findSleepers } from './stress/sleepers.ts'
import { receive } from './stress/stress-items.ts'

const program = fileURLToPath(new URL('../../scripts/stress.ts', import.meta.url))
const run = (...args: string[]) => spawnSync(process.execPath, [program, ...args], { encoding: 'utf8' })

const noObjects: World = {
  queues: [],
  locks: [],
  rlocks: [],
  conditions: [],
  semaphores: [],
  boundedSemaphores: [],
  events: [],
  barriers: [],
}

const newMain = (): Actor => ({
  id: 0,
  random: new RandomSource(1),
  ledger: Ledger.create(),
  world: noObjects,
  uses: () => false,
})

/** Puts an item as a producer of the stress does. */
function put(
  { ledger }: Actor,
  queue: Queue<unknown>,
  item: (serial: number) => unknown,
  producer = 1,
): number {
  const serial = ledger.nextItem(0, producer) ?? -1
  queue.put(item(serial))
  ledger.setFate(serial, fate.put)
  return serial
}

function audit(main: Actor, queue: Queue<unknown>, hands: readonly Hand[]): number {
  const [items] = countItems(main.ledger, 1)
  if (items === undefined) throw new Error('there is no queue')
  auditQueue(main.ledger, queue, 0, { items, hands })
  return main.ledger.violations
}

const deathIn = (operation: Hand['operation']): Hand => ({ operation, object: 0, value: 0 })

describe('the checks of the stress', () => {
  test('an item that is got once is in order', () => {
    const [main, queue] = [newMain(), new Queue<unknown>()]
    put(main, queue, (serial) => serial)
    drain(main, queue, 0)
    expect(audit(main, queue, [])).toBe(0)
  })

  test('an item that is got twice is reported', () => {
    const [main, queue] = [newMain(), new Queue<unknown>()]
    const serial = put(main, queue, (own) => own)
    queue.put(serial)
    drain(main, queue, 0)
    expect(main.ledger.violations).toBe(1)
  })

  test('a lost item is reported, unless a thread died with it in its hand', () => {
    const [main, queue] = [newMain(), new Queue<unknown>()]
    put(main, queue, (serial) => serial)
    queue.get()
    expect(audit(main, queue, [deathIn('get')])).toBe(0)
    expect(audit(main, queue, [deathIn('put')])).toBe(1)
  })

  test('an item that arrives changed is reported', () => {
    const main = newMain()
    const queue = new Queue<unknown>()
    const serial = put(main, queue, (own) => [1, own, 'x'])
    expect(receive(main, queue, 0, [1, serial, `${serial}:€ `])).toBeUndefined()
    expect(main.ledger.violations).toBe(1)
  })

  test.each([
    ['Queue', () => new Queue<unknown>()],
    ['LifoQueue', () => new LifoQueue<unknown>()],
    ['PriorityQueue', () => new PriorityQueue() as unknown as Queue<unknown>],
  ])('%s: items of one producer in a wrong order are reported', (_kind, make) => {
    const [main, queue] = [newMain(), make()]
    const first = main.ledger.nextItem(0, 1) ?? -1
    const second = main.ledger.nextItem(0, 1) ?? -1
    for (const serial of [second, first]) queue.put(listItem(serial))
    drain(main, queue, 0)
    expect(main.ledger.violations).toBe(1)
  })

  test('too many unfinished items are reported', () => {
    const [main, queue] = [newMain(), new Queue<unknown>()]
    put(main, queue, (serial) => serial)
    drain(main, queue, 0)
    main.ledger.add(0, count.done, 1)
    expect(audit(main, queue, [])).toBe(1)
  })

  test('a thread that sleeps beside what it waits for is found', () => {
    const view = snapshot()
    const queue = new Queue<unknown>({ name: 'beside' })
    queue.put(1)
    const object = snapshot().objects.find(({ id }) => id === queue.id)
    const sleeper = { ...view.threads[0]!, waiting: { object: queue.id, operation: 'get' as const } }
    const sleeping = { ...view, threads: [sleeper], objects: [object!] }
    expect(findSleepers(sleeping, new Set())).toHaveLength(1)
    queue.get()
    const empty = snapshot().objects.find(({ id }) => id === queue.id)
    expect(findSleepers({ ...sleeping, objects: [empty!] }, new Set())).toEqual([])
  })
})

const listItem = (serial: number) => [1, serial, `${serial}:€ `.repeat(4)]

describe('npm run stress', () => {
  test('--help prints the options and the features', () => {
    const { status, stdout } = run('--help')
    expect(status).toBe(0)
    expect(stdout).toContain('--seconds N')
    for (const feature of features) expect(stdout).toContain(feature)
  })

  test.each([
    ['an unknown option', ['--second', '3']],
    ['a number that is none', ['--seconds', 'long']],
    ['no seconds', ['--seconds', '0']],
    ['an unknown feature', ['--only', 'locks']],
    ['an argument too many', ['now']],
  ])('%s is an error of usage', (_case, args) => {
    const { status, stderr } = run(...args)
    expect(status).toBe(2)
    expect(stderr).toContain('Usage: npm run stress')
  })

  test('a failing round ends the run with 1, its seed and a dump', () => {
    const { status, stderr, stdout } = run('--seed', '7', '--seconds', '1', '--only', 'queue', '--plant')
    expect(status).toBe(1)
    expect(stdout).toContain('Seed 7: 1 rounds')
    expect(stderr).toContain('seed 7, round 1')
    expect(stderr).toContain('Threads:')
  })
})
