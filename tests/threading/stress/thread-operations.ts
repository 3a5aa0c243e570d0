import {
  Barrier,
  defineTargets,
  Event,
  LifoQueue,
  Lock,
  MemoryError,
  PriorityQueue,
  Queue,
  RuntimeError,
  Semaphore,
  SharedMemory,
  Thread,
  Timer,
} from '@skein/threading'
import { child, Ledger } from './ledger.ts'
import { RandomSource } from './random-source.ts'
import { type Actor, isAsync } from './shared-objects.ts'

/** The names of what actors make and dispose of. */
export const temporaryName = 'temporary'
const childName = 'child-'

/** The serial number of the child with this thread name, undefined for a thread that is no child. */
export const childSerialOf = (name: string): number | undefined =>
  name.startsWith(childName) ? Number(name.slice(childName.length)) : undefined

const wordsFor = (serial: number): string[] =>
  Array.from({ length: serial % 50 }, (_, index) => `word ${serial + index}`)

/** Starts a thread, and mostly waits for its end. */
export async function startChild(actor: Actor): Promise<void> {
  const { id, ledger, random } = actor
  const serial = ledger.nextChild()
  if (serial === undefined) return
  const thread = new Thread({
    target: runChild,
    args: [serial, wordsFor(serial), random.seed()],
    name: childName + serial,
    daemon: true,
  })
  if (!tryStart(actor, thread, serial)) return
  if (id === 0 || random.chance(0.3)) return
  ledger.begin(id, 'join', -1, serial)
  const timeout = random.chance(0.7) ? undefined : random.below(10)
  if (isAsync(actor)) await thread.joinAsync(timeout)
  else thread.join(timeout)
  if (timeout === undefined) checkEnd(actor, thread, serial)
  ledger.end(id)
}

function tryStart({ id, ledger }: Actor, thread: Thread, serial: number): boolean {
  ledger.begin(id, 'start', -1, serial)
  try {
    thread.start()
    ledger.addChildFlag(serial, child.started)
    return true
  } catch (error) {
    if (!(error instanceof RuntimeError || error instanceof MemoryError)) throw error
    return false
  } finally {
    ledger.end(id)
  }
}

function checkEnd({ id, ledger }: Actor, thread: Thread, serial: number): void {
  if (thread.isAlive()) ledger.violation(`actor ${id} joined ${thread.name}, which is alive`)
  if ((ledger.childFlags(serial) & (child.ran | child.gone)) === 0)
    ledger.violation(`${thread.name} ended and has not run`)
}

export function runChild(serial: number, words: readonly string[], seed: number): void {
  const ledger = Ledger.ofProcess()
  if (words.join() !== wordsFor(serial).join())
    ledger.violation(`child ${serial} has other arguments: ${words}`)
  if ((ledger.addChildFlag(serial, child.ran) & child.ran) !== 0)
    ledger.violation(`child ${serial} ran twice`)
  for (let spins = new RandomSource(seed).below(20_000); spins > 0; spins--) ledger.childFlags(serial)
}

/** Starts a timer, and cancels some of them. */
export function startTimer(actor: Actor): void {
  const { ledger, random } = actor
  const serial = ledger.nextChild()
  if (serial === undefined) return
  const timer = new Timer({
    interval: random.below(10),
    target: runChild,
    args: [serial, wordsFor(serial), random.seed()],
    name: childName + serial,
    daemon: true,
  })
  if (!tryStart(actor, timer, serial) || random.chance(0.6)) return
  ledger.addChildFlag(serial, child.cancelled)
  timer.cancel()
}

/** Makes an object, uses it and disposes of it. */
export function makeAndDispose({ id, ledger, random }: Actor): void {
  const name = `${temporaryName}-${id}`
  ledger.begin(id, 'make', -1)
  const object = random.pick(makers)(name, random)
  object.dispose()
  ledger.end(id)
}

const bigText = 'x'.repeat(5_000)

const makers: readonly ((name: string, random: RandomSource) => { dispose(): void })[] = [
  (name) => {
    const lock = new Lock({ name })
    lock.acquire()
    lock.release()
    return lock
  },
  (name) => new Semaphore({ name, value: 2 }),
  (name) => new Event({ name }),
  (name) => new Barrier({ name, parties: 2, action: nothing }),
  (name, random) => new SharedMemory({ name, bytes: 1 + random.below(10_000) }),
  (name, random) => filled(new Queue<unknown>({ name }), random),
  (name, random) => filled(new LifoQueue<unknown>({ name }), random),
  (name, random) => filled(new PriorityQueue({ name }) as unknown as Queue<unknown>, random),
]

function filled(queue: Queue<unknown>, random: RandomSource): Queue<unknown> {
  for (let items = random.below(40); items > 0; items--)
    queue.put([random.below(10), random.chance(0.1) ? bigText : 'small'])
  for (let items = random.below(10); items > 0 && !queue.empty(); items--) queue.get()
  return queue
}

function nothing(): void {}

defineTargets({ runChild, nothing })
