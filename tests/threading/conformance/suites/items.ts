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
  ShutDown,
  type Target,
  Thread,
  Timer,
} from '@skein/threading'
import { equal, rejects } from '../assertions.ts'
import { type Suite, suite } from '../cases.ts'
import { refusedRows, sentRows } from '../travel-table.ts'

/** The places in which a value can be sent. */
const placements: Readonly<Record<string, (value: unknown) => unknown>> = {
  itself: (value) => value,
  'an element': (value) => [value],
  'a member': (value) => ({ primitive: value, beside: new Uint8Array([1]), tag: [6, 64] }),
  'deep inside': (value) => ({ a: [{ b: value }, value, undefined] }),
}

const itemsSuite = suite('What passes through a queue', ({ onThread, onMain }) => {
  for (const { values, examples } of sentRows) {
    onThread(`comes out as it went in, through another thread: ${values}`, ['queue.items'], (scene) => {
      const [there, back] = [new Queue(), new Queue()]
      const thread = scene.start(passAllOn, [there, back])
      for (const [title, make] of Object.entries(examples)) {
        for (const [place, put] of Object.entries(placements)) {
          const item = put(make())
          there.put(item)
          equal(back.get(), item, `${title} as ${place}`)
        }
      }
      there.shutdown()
      thread.join()
    })
  }

  onMain('comes out as it went in, on main too', ['queue.items', 'all.pairs'], async (scene) => {
    const [there, back] = [new Queue(), new Queue()]
    const thread = scene.start(passAllOn, [there, back])
    for (const { examples } of sentRows) {
      for (const [title, make] of Object.entries(examples)) {
        const item = make()
        await there.putAsync(item)
        equal(await back.getAsync(), item, title)
      }
    }
    there.shutdown()
    await thread.joinAsync()
  })

  for (const { values, examples } of refusedRows) {
    onThread(`is refused, and the queue is as it was: ${values}`, ['queue.refused'], () => {
      for (const queue of [new Queue(), new Queue({ maxSize: 2 }), new LifoQueue()]) {
        queue.put(1)
        for (const [title, make] of Object.entries(examples)) {
          for (const [place, put] of Object.entries(placements))
            refuses(() => queue.put(put(make())), `${title} as ${place}`)
        }
        equal([queue.qsize(), queue.unfinished], [1, 1])
        queue.put(2)
        equal(queue.qsize(), 2)
      }
    })
  }

  onThread('is refused by a PriorityQueue too, beside its priority', ['queue.refused'], () => {
    const queue = new PriorityQueue()
    for (const { examples } of refusedRows) {
      for (const [title, make] of Object.entries(examples)) refuses(() => queue.put([1, make()]), title)
    }
    queue.put([2, Number.NaN])
    equal([queue.get(), queue.qsize(), queue.unfinished], [[2, Number.NaN], 0, 1])
  })

  onMain('is refused on main too, asynchronously', ['queue.refused'], async () => {
    const queue = new Queue()
    for (const { examples } of refusedRows) {
      for (const make of Object.values(examples)) await rejects(TypeError, queue.putAsync(make()))
    }
    equal([queue.qsize(), queue.unfinished], [0, 0])
  })

  onThread('is refused as any argument, and the thread can still be started', ['thread.options'], () => {
    for (const { examples } of refusedRows) {
      for (const [title, make] of Object.entries(examples)) {
        const value = make()
        const [args, kwargs] = [[1, value], { named: value }]
        const common = { target: reportArguments as Target, daemon: true }
        refuses(() => new Thread({ ...common, args }).start(), `${title} in args`)
        refuses(() => new Thread({ ...common, kwargs }).start(), `${title} in kwargs`)
        refuses(() => new Timer({ ...common, interval: 0, args }).start(), `${title} in a Timer's args`)
        refuses(() => new Timer({ ...common, interval: 0, kwargs }).start(), `${title} in a Timer's kwargs`)
      }
    }
    const [outcome, args] = [new Queue(), [Symbol('s')] as unknown[]]
    const thread = new Thread({ target: reportArguments as Target, args: [outcome, args], daemon: true })
    refuses(() => thread.start(), 'a list with a symbol')
    args.length = 0
    thread.start()
    equal(outcome.get(), [[]])
    thread.join()
  })

  for (const { values, examples } of sentRows) {
    onThread(
      `comes out as it went in, as any argument: ${values}`,
      ['thread.options', 'process.timer'],
      () => {
        const outcome = new Queue<unknown[]>()
        for (const [title, make] of Object.entries(examples)) {
          const value = make()
          const [args, kwargs] = [[outcome, value, [value]] as const, { named: value, primitive: [value] }]
          const common = { target: reportArguments, daemon: true }
          for (const thread of [
            new Thread({ ...common, args, kwargs }),
            new Timer({ ...common, interval: 0, args, kwargs }),
          ]) {
            thread.start()
            equal(outcome.get(), [value, [value], kwargs], title)
            thread.join()
          }
        }
      },
    )
  }

  onThread('is undefined for an argument that is left out: defaults apply', ['thread.options'], () => {
    const outcome = new Queue<unknown[]>()
    const holes: [Queue, unknown, unknown] = [outcome, 1, 2]
    delete holes[1]
    for (const args of [[outcome, undefined, undefined], [outcome, undefined], [outcome], holes]) {
      for (const thread of [
        new Thread({ target: reportDefaults as Target, args, daemon: true }),
        new Timer({ interval: 0, target: reportDefaults as Target, args, daemon: true }),
      ]) {
        thread.start()
        equal(outcome.get(), ['default', args[2] ?? 'other', args.length])
        thread.join()
      }
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

function refuses(action: () => void, what: string): void {
  try {
    action()
  } catch (error) {
    equal(error instanceof TypeError, true, `whether ${error} is a TypeError, for ${what}`)
    return
  }
  equal(what, 'refused')
}

/** Passes items on until the queue is shut down. */
export function passAllOn(there: Queue, back: Queue): void {
  try {
    for (;;) back.put(there.get())
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

export function reportArguments(outcome: Queue<unknown[]>, ...args: readonly unknown[]): void {
  outcome.put([...args])
}

export function reportDefaults(...args: readonly unknown[]): void {
  const [outcome, first = 'default', second = 'other'] = args as [Queue<unknown[]>, unknown?, unknown?]
  outcome.put([first, second, args.length])
}

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

defineTargets({ passOn, passAllOn, receiveArguments, reportArguments, reportDefaults })

export const itemSuites: readonly Suite[] = [itemsSuite]
