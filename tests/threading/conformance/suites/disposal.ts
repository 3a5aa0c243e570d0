import {
  Barrier,
  BoundedSemaphore,
  Cell,
  Condition,
  Event,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  RingBuffer,
  RLock,
  RuntimeError,
  Semaphore,
  SharedMemory,
} from '@skein/threading'
import { performHere, performOnMain, type Shared, type Step, step } from '../actor.ts'
import { equal, rejects, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { objectView } from '../observe.ts'

/** An object that can be disposed of, and all that can be done with it. */
interface Disposal<Type extends Shared> {
  readonly kind: string
  readonly make: () => Type & Disposable
  readonly uses: (object: Type) => readonly Step[]
}

const disposal = <Type extends Shared>(
  kind: string,
  make: () => Type & Disposable,
  uses: (object: Type) => readonly Step[],
): Disposal<Type> => ({ kind, make, uses })

const lockUses = (lock: Lock | RLock): readonly Step[] => [
  step(lock, 'acquire'),
  step(lock, 'acquire', false),
  step(lock, 'acquire', true, 0),
  step(lock, 'acquire', true, 5),
  step(lock, 'hold'),
  step(lock, 'release'),
  step(lock, 'locked'),
  step(lock, 'owner'),
  step(lock, 'ownerDied'),
  step(lock, 'markConsistent'),
  step(lock, 'name'),
]

const semaphoreUses = (semaphore: Semaphore): readonly Step[] => [
  step(semaphore, 'acquire'),
  step(semaphore, 'acquire', false),
  step(semaphore, 'acquire', true, 5),
  step(semaphore, 'hold'),
  step(semaphore, 'release'),
  step(semaphore, 'release', 2),
  step(semaphore, 'value'),
  step(semaphore, 'name'),
]

const conditionUses = (condition: Condition): readonly Step[] => [
  step(condition, 'acquire'),
  step(condition, 'acquire', false),
  step(condition, 'hold'),
  step(condition, 'release'),
  step(condition, 'wait'),
  step(condition, 'wait', 0),
  step(condition, 'notify'),
  step(condition, 'notifyAll'),
  step(condition, 'name'),
]

const queueUses = (queue: Queue<number>): readonly Step[] => [
  step(queue, 'put', 1),
  step(queue, 'put', 1, false),
  step(queue, 'put', 1, true, 5),
  step(queue, 'putNowait', 1),
  step(queue, 'get'),
  step(queue, 'get', false),
  step(queue, 'get', true, 5),
  step(queue, 'getNowait'),
  step(queue, 'taskDone'),
  step(queue, 'join'),
  step(queue, 'qsize'),
  step(queue, 'empty'),
  step(queue, 'full'),
  step(queue, 'maxSize'),
  step(queue, 'unfinished'),
  step(queue, 'shutdown'),
  step(queue, 'shutdown', true),
  step(queue, 'name'),
]

function disposalSuite<Type extends Shared>({ kind, make, uses }: Disposal<Type>): Suite {
  const disposed = (): Type & Disposable => {
    const object = make()
    object[Symbol.dispose]()
    return object
  }
  const nameOf = ([, member, ...args]: Step) => `${member}(${args.join(', ')})`

  return suite(`${kind} that was disposed of`, ({ onThread, onMain }) => {
    onThread('refuses every use with a RuntimeError', ['all.disposed'], () => {
      const object = disposed()
      for (const use of uses(object)) {
        let outcome = 'nothing'
        try {
          performHere(use)
        } catch (error) {
          outcome = error instanceof RuntimeError ? 'RuntimeError' : String(error)
        }
        equal(outcome, 'RuntimeError', nameOf(use))
      }
    })

    onThread('refuses it also when its memory has another object', ['all.disposed'], () => {
      const object = disposed()
      const others = [new Event(), new Queue({ maxSize: 1 }), new Lock(), new Semaphore({ value: 9 })]
      for (const use of uses(object)) throws(RuntimeError, () => performHere(use), /disposed/)
      for (const other of others) other.dispose()
    })

    onThread('is refused as an argument and inside an item', ['all.disposed'], (scene) => {
      const [object, other] = [disposed(), scene.actor()]
      const use = uses(object).at(-1)
      throws(RuntimeError, () => other.run(use ?? [object, 'name']).values(), /disposed/)
    })

    onThread('is not in a snapshot any more, and a second dispose does nothing', ['all.disposed'], () => {
      const object = make()
      equal(objectView(object)?.id, kind === 'A SharedMemory' ? undefined : object.id)
      object[Symbol.dispose]()
      object[Symbol.dispose]()
      equal(objectView(object), undefined)
    })

    onMain('refuses every use on main', ['all.disposed', 'all.async'], async () => {
      const object = disposed()
      // The twins that wait have no argument for blocking.
      const ofMain = uses(object).filter(
        ([, member, ...args]) => member === 'shutdown' || !args.some((one) => typeof one === 'boolean'),
      )
      for (const use of ofMain) await rejects(RuntimeError, performOnMain([use]), /disposed/)
    })
  })
}

export const disposalSuites: readonly Suite[] = [
  disposalSuite(disposal('A Lock', () => new Lock(), lockUses)),
  disposalSuite(disposal('An RLock', () => new RLock(), lockUses)),
  disposalSuite(disposal('A Condition', () => new Condition(), conditionUses)),
  disposalSuite(
    disposal('A Condition over a Lock', () => new Condition({ lock: new Lock() }), conditionUses),
  ),
  disposalSuite(disposal('A Semaphore', () => new Semaphore(), semaphoreUses)),
  disposalSuite(disposal('A BoundedSemaphore', () => new BoundedSemaphore(), semaphoreUses)),
  disposalSuite(
    disposal(
      'An Event',
      () => new Event(),
      (event) => [
        step(event, 'set'),
        step(event, 'clear'),
        step(event, 'isSet'),
        step(event, 'wait'),
        step(event, 'wait', 0),
        step(event, 'name'),
      ],
    ),
  ),
  disposalSuite(
    disposal(
      'A Barrier',
      () => new Barrier({ parties: 2 }),
      (barrier) => [
        step(barrier, 'wait'),
        step(barrier, 'wait', 5),
        step(barrier, 'reset'),
        step(barrier, 'abort'),
        step(barrier, 'parties'),
        step(barrier, 'waiting'),
        step(barrier, 'broken'),
        step(barrier, 'name'),
      ],
    ),
  ),
  disposalSuite(disposal('A Queue', () => new Queue<number>(), queueUses)),
  disposalSuite(disposal('A bounded Queue', () => new Queue<number>({ maxSize: 1 }), queueUses)),
  disposalSuite(disposal('A LifoQueue', () => new LifoQueue<number>(), queueUses)),
  disposalSuite(disposal('A PriorityQueue', () => new PriorityQueue<number>(), queueUses)),
  disposalSuite(
    disposal(
      'A Cell',
      () => new Cell(),
      (cell) => [step(cell, 'value'), step(cell, 'peek'), step(cell, 'lost'), step(cell, 'name')],
    ),
  ),
  disposalSuite(
    disposal(
      'A RingBuffer',
      () => new RingBuffer({ channels: 1, capacity: 8 }),
      (ring) => [
        step(ring, 'write', [new Float32Array(1)]),
        step(ring, 'read', [new Float32Array(1)]),
        step(ring, 'reset'),
        step(ring, 'end'),
        step(ring, 'waitForSpace', 1),
        step(ring, 'waitUntilRead', 0),
        step(ring, 'framesWritten'),
        step(ring, 'framesRead'),
        step(ring, 'framesBuffered'),
        step(ring, 'space'),
        step(ring, 'generation'),
        step(ring, 'isAcknowledged'),
        step(ring, 'underruns'),
        step(ring, 'missingFrames'),
        step(ring, 'isSilent'),
        step(ring, 'isPaused'),
        step(ring, 'name'),
      ],
    ),
  ),
  disposalSuite(
    disposal(
      'A SharedMemory',
      () => new SharedMemory({ bytes: 8 }),
      (memory) => [step(memory, 'name')],
    ),
  ),
]
