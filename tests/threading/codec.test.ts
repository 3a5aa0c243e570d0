import { Lock, MemoryError, PriorityQueue, Queue, SharedMemory } from '@skein/threading'
import fc from 'fast-check'
import { beforeAll, expect, test } from 'vitest'
import { doubles, requireMemory } from '../../shared/threading/src/core/memory.ts'
import { flushThreadCache } from '../../shared/threading/src/heap/heap.ts'
import type { SlotRing } from '../../shared/threading/src/primitives/slot-ring.ts'
import { isEqual } from './conformance/assertions.ts'
import { nested, refusedRows, sentRows } from './conformance/travel-table.ts'
import { heapUsage } from './heap-usage.ts'

beforeAll(() => {
  requireMemory()
})

/** Any code units: half of the texts have lone surrogates. */
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc
    .array(fc.oneof(fc.nat(0xffff), fc.integer({ min: 0xd7ff, max: 0xe000 })), { maxLength: 8 })
    .map((codes) => String.fromCharCode(...codes)),
  fc.constantFrom('', '\ufeff', '\ud800', '"\\', 'x'.repeat(48), 'x'.repeat(49), 'ü'.repeat(2000)),
)
const name = fc.oneof(
  text,
  fc.constantFrom(
    '__proto__',
    'constructor',
    'toJSON',
    'primitive',
    'length',
    '0',
    '1',
    'value',
    'arrays',
    'id',
  ),
)
const number = fc.oneof(fc.double(), fc.integer(), fc.constantFrom(-0, Number.NaN, Infinity, -Infinity))
const binary = fc.oneof(
  fc.uint8Array(),
  fc.uint8ClampedArray(),
  fc.int16Array(),
  fc.uint32Array(),
  fc.float32Array(),
  fc.float64Array(),
  fc.bigInt64Array(),
  fc.bigUint64Array(),
  fc.uint8Array().map(({ buffer }) => buffer),
  fc.uint8Array({ minLength: 3 }).map(({ buffer }) => new DataView(buffer as ArrayBuffer, 1, 2)),
  fc.uint8Array().map((array) => Buffer.from(array)),
  fc.uint8Array({ minLength: 9 }).map(({ buffer }) => new Uint16Array(buffer as ArrayBuffer, 2, 3)),
)
const [lock, memory] = [new Lock(), new SharedMemory({ bytes: 16 })]
const leaf = fc.oneof(
  text,
  number,
  fc.boolean(),
  binary,
  fc.constantFrom(null, undefined, lock, memory, memory.int32, memory.float64.subarray(1)),
)

const objectOf = (members: readonly (readonly [string, unknown])[], prototype: object | null): object => {
  const object: object = Object.create(prototype)
  for (const [key, value] of members)
    Object.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
  return object
}
const listOf = (elements: readonly unknown[], holes: readonly number[]): unknown[] => {
  const list = [...elements]
  for (const hole of holes) delete list[hole % (list.length + 1)]
  return list
}
const withMembers = (list: unknown[], members: readonly (readonly [string, unknown])[]): unknown[] => {
  const others = members.filter(([key]) => key !== 'length' && !/^\d+$/.test(key))
  return Object.defineProperties(list, Object.getOwnPropertyDescriptors(objectOf(others, null)))
}

/** Ways to protect an object against changes: seldom any. */
const protections = [
  ...Array.from({ length: 6 }, () => (object: object) => object),
  (object: object) => Object.freeze(object),
  (object: object) => Object.seal(object),
  (object: object) => Object.preventExtensions(object),
]

/** Objects and lists of what `member` gives. */
function containersOf(member: fc.Arbitrary<unknown>): fc.Arbitrary<object> {
  const members = fc.array(fc.tuple(name, member), { maxLength: 5 })
  const elements = fc.array(member, { maxLength: 5 })
  const prototype = fc.constantFrom(Object.prototype, Object.prototype, null)
  const container = fc.oneof(
    fc.tuple(members, prototype).map((args) => objectOf(...args)),
    elements,
    fc.tuple(elements, fc.array(fc.nat(), { maxLength: 2 })).map((args) => listOf(...args)),
    fc.tuple(elements, members).map(([list, more]) => withMembers([...list], more)),
  )
  return fc.tuple(container, fc.constantFrom(...protections)).map(([object, protect]) => protect(object))
}

const sendable = fc.letrec<{ value: unknown; container: object }>((tie) => ({
  value: fc.oneof({ maxDepth: 4, withCrossShrink: true }, leaf, tie('container')),
  container: containersOf(tie('value')),
})).value
const plain = fc.jsonValue({ maxDepth: 4 })

const refusedValues = refusedRows.flatMap(({ examples }) => Object.values(examples))
/** A value with something anywhere in it that cannot be sent. */
const unsendable = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    fc.constantFrom(...refusedValues).map((make) => make()),
    fc
      .tuple(fc.array(sendable), tie('value'), fc.array(sendable))
      .map(([before, bad, after]) => [...before, bad, ...after]),
    fc
      .tuple(fc.array(fc.tuple(name, sendable), { maxLength: 3 }), name, tie('value'))
      .map(([members, key, bad]) => objectOf([...members, [key, bad]], Object.prototype)),
  ),
})).value

/** The priority of the first item of a queue, as it lies in memory. */
function readPriority(queue: PriorityQueue): number {
  const { ring } = queue as unknown as { readonly ring: SlotRing }
  return doubles[(ring.slotAt(0) + 4) >> 1]!
}

const show = (value: unknown) => fc.stringify(value)

test('a value arrives equal, whatever it is made of', () => {
  const queue = new Queue()
  fc.assert(
    fc.property(fc.oneof(sendable, plain), (value) => {
      queue.put(value)
      const received = queue.get()
      if (!isEqual(received, value)) throw new Error(`${show(value)} arrives as ${show(received)}`)
    }),
    { numRuns: 3000 },
  )
})

test('a value with one thing that cannot be sent is refused, and the queue is unchanged', () => {
  const queue = new Queue()
  queue.put('before')
  fc.assert(
    fc.property(unsendable, (value) => {
      expect(() => queue.put(value)).toThrow(TypeError)
      expect([queue.qsize(), queue.unfinished]).toEqual([1, 1])
    }),
    { numRuns: 1000 },
  )
  expect(queue.get()).toBe('before')
})

test('values that were received or refused take up no memory', () => {
  const queue = new Queue()
  const sent = fc.sample(fc.oneof(sendable, plain), { numRuns: 500 })
  const refused = fc.sample(unsendable, { numRuns: 500 })
  const round = () => {
    for (const value of sent) {
      queue.put(value)
      queue.get()
    }
    for (const value of refused) expect(() => queue.put(value)).toThrow(TypeError)
  }
  round()
  flushThreadCache()
  const usage = heapUsage()
  for (let rounds = 0; rounds < 5; rounds++) round()
  flushThreadCache()
  expect(heapUsage()).toEqual(usage)
})

test('a proxy that sends values while it is sent does not disturb them', () => {
  const queue = new Queue()
  const proxy = new Proxy(
    { a: 'first', b: ['second'] },
    {
      get: (target, key) => {
        queue.put({ inner: [key, 'x'.repeat(100)] })
        return Reflect.get(target, key)
      },
    },
  )
  queue.put({ before: 'before', proxy, after: 'after' })
  expect(queue.get()).toEqual({ inner: ['a', 'x'.repeat(100)] })
  expect(queue.get()).toEqual({ inner: ['b', 'x'.repeat(100)] })
  expect(queue.get()).toEqual({ before: 'before', proxy: { a: 'first', b: ['second'] }, after: 'after' })
})

test('an error of a proxy is thrown by put, and the next put works', () => {
  const queue = new Queue()
  const failing = new Proxy(
    { a: 1 },
    {
      getOwnPropertyDescriptor: () => {
        throw new RangeError('not today')
      },
    },
  )
  expect(() => queue.put([failing])).toThrow(RangeError)
  expect(queue.qsize()).toBe(0)
  queue.put([1])
  expect(queue.get()).toEqual([1])
})

test('a value is as deep as it likes', () => {
  const queue = new Queue<unknown>()
  const depth = 100_000
  queue.put(nested(depth))
  let value = queue.get()
  let levels = 0
  for (; Array.isArray(value); value = value[0]) levels++
  expect([levels, value]).toEqual([depth, 1])
})

test('the priority of an item is that at the call of put, whatever happens to the item while put waits', async () => {
  const queue = new PriorityQueue<[number, string]>({ maxSize: 1 })
  queue.put([5, 'first'])
  const late: [number, string] = [9, 'late']
  const put = queue.putAsync(late)
  late[0] = 1
  expect(queue.get()).toEqual([5, 'first'])
  await put
  expect(readPriority(queue)).toBe(9)
  expect(queue.get()).toEqual([9, 'late'])
  const both = new PriorityQueue<[number, string]>()
  let reads = 0
  both.put(
    new Proxy<[number, string]>([3, 'proxy'], {
      get: (target, key) => {
        if (key === '0') reads++
        return Reflect.get(target, key)
      },
    }),
  )
  // Once for the priority, once for the item: not in the queue's guard.
  expect(reads).toBe(2)
})

test('names of objects keep a U+FEFF at their beginning', () => {
  expect(new Queue({ name: '\ufeffname' }).name).toBe('\ufeffname')
})

test('a string is refused with MemoryError if it is longer than memory, or its JSON than any string', () => {
  const queue = new Queue()
  expect(() => queue.put(['\0'.repeat(2 ** 27)])).toThrow(MemoryError)
  expect(() => queue.put('\0'.repeat(2 ** 27))).toThrow(MemoryError)
  queue.put(1)
  expect([queue.get(), queue.qsize()]).toEqual([1, 0])
})

test('what is received is a copy in private memory, and a view of SharedMemory is none', () => {
  const queue = new Queue<{ copy: Uint8Array; view: Int32Array }>()
  const [copy, view] = [new Uint8Array(8).subarray(2, 4), memory.int32]
  queue.put({ copy, view })
  const received = queue.get()
  copy[0] = 1
  view[0] = 5
  expect([...received.copy]).toEqual([0, 0])
  expect([received.copy.buffer.byteLength, received.copy.byteOffset]).toEqual([2, 0])
  expect(received.copy.buffer).toBeInstanceOf(ArrayBuffer)
  expect(received.view[0]).toBe(5)
  expect(received.view.buffer).toBe(view.buffer)
})

test('the table has an example for every row', () => {
  for (const { examples, values } of [...sentRows, ...refusedRows])
    expect(Object.keys(examples), values).not.toEqual([])
})
