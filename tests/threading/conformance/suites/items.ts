import {
  Barrier,
  BoundedSemaphore,
  Condition,
  defineTargets,
  Event,
  LifoQueue,
  Lock,
  PriorityQueue,
  Queue,
  RLock,
  Semaphore,
  SharedMemory,
  Thread,
} from '@skein/threading'
import { equal, throws } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'

const items: Readonly<Record<string, unknown>> = {
  'an integer': -7,
  'the largest integer of a word': 2 ** 31 - 1,
  'the smallest integer of a word': -(2 ** 31),
  'one more than a word holds': 2 ** 31,
  'a large number': 2 ** 53,
  'a fraction': 0.1,
  'minus zero': -0,
  'not a number': Number.NaN,
  'an endless number': -Infinity,
  true: true,
  false: false,
  null: null,
  undefined: undefined,
  'an empty text': '',
  'a text of any letters': 'Ünïcödé 🎵 שלום\n"quoted"\0',
  'a large text': 'long 🎵 '.repeat(50_000),
  'an empty list': [],
  'a list': [1, [2, 'three'], null],
  'an object': { kind: 'seek', to: 1.5, nested: { list: [1, 2] } },
  'an empty object': {},
  'a typed array': new Float64Array([1.5, -2]),
  'an empty typed array': new Uint8Array(),
  'an object with typed arrays': {
    rows: new Int32Array([3, 1, 2]),
    bytes: new Uint8Array([255]),
    request: 4,
  },
  'a text that looks like a primitive': '{"primitive":64}',
  'an object that looks like a primitive': { primitive: 64 },
}

const itemsSuite = suite('What passes through a queue', ({ onThread, onMain }) => {
  for (const [title, item] of Object.entries(items)) {
    onThread(`comes out as it went in, through another thread: ${title}`, ['queue.items'], (scene) => {
      const [there, back] = [new Queue(), new Queue()]
      const thread = scene.start(passOn, [there, back])
      there.put(item)
      equal(back.get(), item)
      thread.join()
    })
  }

  onMain('comes out as it went in, on main too', ['queue.items', 'all.pairs'], async (scene) => {
    for (const item of Object.values(items)) {
      const [there, back] = [new Queue(), new Queue()]
      const thread = scene.start(passOn, [there, back])
      there.put(item)
      equal(await back.getAsync(), item)
      await thread.joinAsync()
    }
  })

  onThread('is refused when it cannot be stored, and the queue is as it was', ['queue.refused'], () => {
    const circle: unknown[] = []
    circle.push(circle)
    const failing = {
      toJSON() {
        throw new RangeError('not today')
      },
    }
    for (const queue of [new Queue(), new Queue({ maxSize: 2 }), new LifoQueue()]) {
      queue.put(1)
      for (const bad of [
        new Thread(),
        { in: new Thread() },
        () => {},
        Symbol('s'),
        10n,
        circle,
        { big: 10n },
      ])
        throws(TypeError, () => queue.put(bad))
      throws(RangeError, () => queue.put(failing))
      equal([queue.qsize(), queue.unfinished], [1, 1])
      queue.put(2)
      equal(queue.qsize(), 2)
    }
  })

  const primitives = () => ({
    lock: new Lock({ name: 'sent' }),
    rlock: new RLock({ name: 'sent' }),
    condition: new Condition({ name: 'sent' }),
    semaphore: new Semaphore({ name: 'sent' }),
    bounded: new BoundedSemaphore({ name: 'sent' }),
    event: new Event({ name: 'sent' }),
    barrier: new Barrier({ name: 'sent', parties: 2 }),
    queue: new Queue({ name: 'sent' }),
    lifo: new LifoQueue({ name: 'sent' }),
    priority: new PriorityQueue({ name: 'sent' }),
    memory: new SharedMemory({ name: 'sent', bytes: 8 }),
  })

  onThread(
    'can be a primitive of any kind, which is the same object there',
    ['queue.items', 'all.names'],
    (scene) => {
      const sent = primitives()
      const [there, back] = [new Queue<typeof sent>(), new Queue<typeof sent>()]
      const thread = scene.start(passOn, [there, back])
      there.put(sent)
      const received = back.get()
      for (const [key, primitive] of Object.entries(sent)) {
        const twin = received[key as keyof typeof sent]
        equal(twin.id, primitive.id, key)
        equal(twin.name, 'sent', key)
        equal(Object.getPrototypeOf(twin) === Object.getPrototypeOf(primitive), true, `the class of ${key}`)
      }
      thread.join()
    },
  )

  onThread(
    'can be an argument of any kind, primitives among them, deep inside too',
    ['queue.items', 'thread.options'],
    (scene) => {
      const outcome = new Queue()
      const event = new Event({ name: 'inner' })
      const thread = scene.start(receiveArguments, [
        outcome,
        [{ deep: { event } }],
        'text',
        new Float64Array([0.5]),
      ])
      thread.join()
      equal(outcome.get(), ['text', 'inner', 'Float64Array', 0.5])
      equal(event.isSet(), true)
    },
  )

  onThread('is a copy: what is changed afterwards does not show', ['queue.items'], () => {
    const queue = new Queue<{ list: number[]; array: Int32Array }>()
    const item = { list: [1], array: new Int32Array([1]) }
    queue.put(item)
    item.list.push(2)
    item.array[0] = 2
    equal(queue.get(), { list: [1], array: new Int32Array([1]) })
  })
})

export function passOn(there: Queue, back: Queue): void {
  back.put(there.get())
}

export function receiveArguments(
  outcome: Queue,
  [holder]: readonly { deep: { event: Event } }[],
  text: string,
  array: Float64Array,
): void {
  holder?.deep.event.set()
  outcome.put([text, holder?.deep.event.name, array.constructor.name, array[0]])
}

defineTargets({ passOn, receiveArguments })

export const itemSuites: readonly Suite[] = [itemsSuite]
