import { closePool, Event, killThread, Queue, SharedMemory, type Thread } from '@skein/threading'
import { Inspector } from '@skein/threading/inspect'
import { startProcess } from '@skein/threading/node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { splitmix32 } from '../../shared/player/random.ts'
import { fate, Ledger, stressConsume, stressProduce } from './stress-targets.ts'
import { run } from './test-process.ts'

const minute = 60_000
const producers = 4
const consumers = 4
const maxItems = 8_000_000
/** Milliseconds between two deaths, on average. */
const deathInterval = 150

interface Role {
  thread: Thread
  readonly start: () => Thread
  deaths: number
}

beforeAll(() =>
  startProcess({ name: 'stress', workers: 10, entry: new URL('./test-worker.ts', import.meta.url) }),
)
afterAll(closePool)

test('four producers, four consumers, mixed timeouts and random deaths for a minute: every item is accounted for', {
  timeout: 3 * minute,
}, async () => {
  const seed = crypto.getRandomValues(new Int32Array(1))[0] ?? 0
  console.log(`stress: seed ${seed}`)
  const random = splitmix32(seed)
  const queue = new Queue<number>({ name: 'stress', maxSize: 16 })
  const memory = new SharedMemory({ bytes: 64 + 2 * maxItems })
  const stop = new Event({ name: 'stop' })
  const inPlay = (start: () => Thread): Role => ({ thread: start(), start, deaths: 0 })
  const producing = Array.from({ length: producers }, () =>
    inPlay(() => run(stressProduce, [queue, memory, stop, random()], 'producer')),
  )
  const consuming = Array.from({ length: consumers }, () =>
    inPlay(() => run(stressConsume, [queue, memory, random()], 'consumer')),
  )
  await killAtRandom([...producing, ...consuming], random)
  stop.set()
  for (const { thread } of producing) await thread.joinAsync()
  queue.shutdown()
  for (const { thread } of consuming) await thread.joinAsync()
  const account = tally(new Ledger(memory))
  const deaths = (roles: Role[]) => roles.reduce((sum, role) => sum + role.deaths, 0)
  console.log(`stress: ${JSON.stringify(account)}, ${deaths(producing)} + ${deaths(consuming)} deaths`)
  expect(account.gotTwice).toBe(0)
  expect(account.gotThoughRefused).toBe(0)
  // A consumer that died may have had one item in its hand, and a producer one between the put and its note.
  expect(account.lost).toBeLessThanOrEqual(deaths(consuming))
  expect(account.unknown).toBeLessThanOrEqual(deaths(producing))
  expect(account.put).toBeGreaterThan(10_000)
  expect(deaths(producing) + deaths(consuming)).toBeGreaterThan(50)
  expect(queue.qsize()).toBe(0)
  expect(new Inspector().sample().objects.find(({ id }) => id === queue.id)?.waiters).toEqual([])
})

/** For a minute: ends threads from outside at random moments, and starts others in their place. */
async function killAtRandom(roles: readonly Role[], random: () => number): Promise<void> {
  for (const end = performance.now() + minute; performance.now() < end; ) {
    await new Promise((resolve) => setTimeout(resolve, (random() / 2 ** 32) * 2 * deathInterval))
    const role = roles[random() % roles.length]
    if (role === undefined) continue
    killThread(role.thread.ident ?? 0)
    await role.thread.joinAsync()
    role.deaths++
    role.thread = role.start()
  }
}

function tally(ledger: Ledger) {
  const account = {
    items: ledger.items,
    put: 0,
    refused: 0,
    unknown: 0,
    lost: 0,
    gotTwice: 0,
    gotThoughRefused: 0,
  }
  for (let item = 0; item < ledger.items; item++) {
    const [what, got] = [ledger.fateOf(item), ledger.got(item)]
    if (what === fate.put) account.put++
    if (what === fate.refused) account.refused++
    if (what === fate.unknown) account.unknown++
    if (what === fate.put && got === 0) account.lost++
    if (what === fate.refused && got > 0) account.gotThoughRefused++
    if (got > 1) account.gotTwice++
  }
  return account
}
