import {
  type Barrier,
  type Cell,
  type Condition,
  defineTargets,
  type Event,
  enumerate,
  type Lock,
  now,
  type Queue,
  type RLock,
  type Semaphore,
} from '@skein/threading'

/** What a thread of a random program does. Resources and threads are numbered. */
export type Step =
  /** Acquires resources in this order and releases them. */
  | { readonly kind: 'nest'; readonly resources: readonly number[]; readonly spin: number }
  /** Like `nest`, in any order: gives up where a resource is not free within the timeout. */
  | { readonly kind: 'attempt'; readonly resources: readonly number[]; readonly timeout: number }
  | { readonly kind: 'put'; readonly thread: number }
  | { readonly kind: 'notify'; readonly thread: number }
  | { readonly kind: 'join'; readonly thread: number }
  | { readonly kind: 'get' }
  | { readonly kind: 'await' }

export type Resource = Lock | RLock | Semaphore | Condition

export interface Inbox {
  readonly items: Queue<number>
  readonly changed: Condition
  readonly notices: Cell
}

export interface Program {
  readonly start: Barrier
  /** Has an item for each thread that has passed `start`. */
  readonly started: Queue<number>
  readonly resources: readonly Resource[]
  /** One for each thread. */
  readonly inboxes: readonly Inbox[]
}

/** What one thread of a program runs. */
export interface ThreadPlan {
  readonly steps: readonly Step[]
  readonly rounds: number
  /** The resources that it holds when it ends. */
  readonly kept: readonly number[]
}

/** Runs the steps of a thread. `earlier` are the idents of the threads with lower numbers. */
export function runProgram(
  program: Program,
  number: number,
  { steps, rounds, kept }: ThreadPlan,
  earlier: readonly number[],
): void {
  program.start.wait()
  program.started.put(number)
  const inbox = program.inboxes[number]!
  let received = 0
  for (let round = 0; round < rounds; round++) {
    for (const step of steps) {
      if (step.kind === 'nest') nest(program, step.resources, step.spin)
      else if (step.kind === 'attempt') attempt(program, step.resources, step.timeout)
      else if (step.kind === 'put') program.inboxes[step.thread]!.items.put(round)
      else if (step.kind === 'notify') notify(program.inboxes[step.thread]!)
      else if (step.kind === 'get') inbox.items.get()
      else if (step.kind === 'await') awaitNotice(inbox, ++received)
      else joinThread(earlier[step.thread]!)
    }
  }
  for (const resource of kept) program.resources[resource]!.acquire()
}

function joinThread(joined: number): void {
  enumerate()
    .find(({ ident }) => ident === joined)
    ?.join()
}

function nest({ resources }: Program, numbers: readonly number[], spin: number): void {
  for (const number of numbers) resources[number]!.acquire()
  const end = now() + spin
  while (now() < end);
  for (const number of numbers.toReversed()) resources[number]!.release()
}

function attempt({ resources }: Program, numbers: readonly number[], timeout: number): void {
  const acquired: Resource[] = []
  for (const number of numbers) {
    if (!resources[number]!.acquire(true, timeout)) break
    acquired.push(resources[number]!)
  }
  for (const resource of acquired.toReversed()) resource.release()
}

function notify({ changed, notices }: Inbox): void {
  changed.acquire()
  notices.value += 1
  changed.notifyAll()
  changed.release()
}

function awaitNotice({ changed, notices }: Inbox, count: number): void {
  changed.acquire()
  changed.waitFor(() => notices.value >= count)
  changed.release()
}

/** Like `nest`, without blocking. */
export async function nestAsync(resources: readonly Resource[]): Promise<void> {
  for (const resource of resources) await resource.acquireAsync()
  for (const resource of resources.toReversed()) resource.release()
}

/** A thread of a ring: acquires its own resource, waits until all others have theirs, and asks for the next one's. */
export function joinRing(all: Barrier, own: readonly Resource[], next: Resource): void {
  for (const resource of own) resource.acquire()
  all.wait()
  next.acquire()
}

export function waitForLock(all: Barrier, lock: Resource): void {
  all.wait()
  lock.acquire()
}

/** Like a thread of a ring, with a timeout. */
export function waitForLockFor(all: Barrier, own: Resource, next: Resource, timeout: number): void {
  own.acquire()
  all.wait()
  next.acquire(true, timeout)
}

/** Waits for a notice while it holds another lock. */
export function waitHolding(lock: Lock, condition: Condition, ready: Event): void {
  lock.acquire()
  condition.acquire()
  ready.set()
  condition.wait()
}

/** Notifies, and asks for the lock of the thread that it notified, which needs the condition's lock first. */
export function notifyThenAcquire(lock: Lock, condition: Condition, ready: Event): void {
  ready.wait()
  condition.acquire()
  condition.notify()
  lock.acquire()
}

/** Asks for a lock twice: first without blocking, and then blocking, so that it never uses what it was handed. */
export function acquireTwice(lock: Lock, asked: Event): void {
  void lock.acquireAsync()
  asked.set()
  lock.acquire()
}

/** Takes a lock twice, and another one in between. */
export function takeTwice(lock: Lock, gate: Lock): void {
  for (const each of [lock, gate, lock]) {
    each.acquire()
    each.release()
  }
}

defineTargets({
  takeTwice,
  runProgram,
  joinRing,
  waitForLock,
  waitForLockFor,
  waitHolding,
  notifyThenAcquire,
  acquireTwice,
})
