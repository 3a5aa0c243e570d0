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
  Semaphore,
  SharedMemory,
  Thread,
} from '@skein/threading'

/** A row of the table in docs/threading.md, with values to try it with. Each call of an example makes its value. */
export interface Row {
  readonly values: string
  /** Undefined for what is refused. */
  readonly arrivesAs: string | undefined
  readonly examples: Readonly<Record<string, () => unknown>>
}

const arrayKinds = [
  'Int8Array',
  'Uint8Array',
  'Uint8ClampedArray',
  'Int16Array',
  'Uint16Array',
  'Int32Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
  'Float16Array',
  'BigInt64Array',
  'BigUint64Array',
]
type ArrayKind = new (buffer: ArrayBuffer, offset?: number, length?: number) => ArrayBufferView

const global = (name: string) => Reflect.get(globalThis, name) as unknown

const bytesOf = (...values: number[]): ArrayBuffer => new Uint8Array(values).buffer

/** Each kind that the platform has. */
const typedArrays = Object.fromEntries(
  arrayKinds.flatMap((name) => {
    const Kind = global(name) as ArrayKind | undefined
    const make = () =>
      new (Kind as ArrayKind)(bytesOf(1, 255, 0, 60, 5, 6, 7, 192, 0, 0, 248, 127, 13, 14, 15, 16))
    return Kind === undefined ? [] : [[name, make] as const]
  }),
)

interface BufferClass {
  from(bytes: readonly number[]): Uint8Array
}
const NodeBuffer = global('Buffer') as BufferClass | undefined
const nodeBuffers: Row['examples'] =
  NodeBuffer === undefined ? {} : { Buffer: () => NodeBuffer.from([1, 2, 3]) }

const shared = { once: { deep: [1] } }

const withHole = () => {
  const list: unknown[] = [1, 2, 3]
  delete list[1]
  return list
}

const ownProto = (value: unknown) => JSON.parse(`{"__proto__": ${JSON.stringify(value)}, "a": 1}`) as unknown

/** A list in a list, and so on. */
export function nested(depth: number): unknown {
  let value: unknown = 1
  for (let level = 0; level < depth; level++) value = [value]
  return value
}

export const sentRows: readonly Row[] = [
  {
    values: 'strings, with any code units: lone surrogates and U+FEFF too',
    arrivesAs: 'the same string',
    examples: {
      'the empty string': () => '',
      'all letters': () => 'Ünïcödé 🎵 שלום\n"quoted"\\\0\u2028\u007f',
      'a U+FEFF at the beginning': () => '\ufeffmark',
      'U+FEFF alone, twice': () => '\ufeff\ufeff',
      'U+FFFE': () => '\ufffetext',
      'a high surrogate': () => '\ud83c',
      'a low surrogate at the beginning': () => '\udfb5 and more',
      'surrogates in the wrong order': () => `before ${'\udfb5\ud83c'} after`,
      'a long string': () => 'long 🎵 '.repeat(50_000),
      'a long string with a lone surrogate': () => `${'long 🎵 '.repeat(50_000)}\ud83c`,
      'a string of 49 characters': () => 'x'.repeat(49),
      'what is JSON': () => '{"primitive":64}',
    },
  },
  {
    values: 'numbers, `NaN`, `Infinity`, `-Infinity` and `-0` too',
    arrivesAs: 'the same number',
    examples: {
      zero: () => 0,
      'minus zero': () => -0,
      'an integer': () => -7,
      'the largest integer of a word': () => 2 ** 31 - 1,
      'the smallest integer of a word': () => -(2 ** 31),
      'one more than a word holds': () => 2 ** 31,
      'a large number': () => 2 ** 53,
      'a fraction': () => 0.1,
      'the smallest number': () => Number.MIN_VALUE,
      'the largest number': () => Number.MAX_VALUE,
      'not a number': () => Number.NaN,
      infinity: () => Infinity,
      'minus infinity': () => -Infinity,
    },
  },
  {
    values: '`true`, `false`, `null`, `undefined`',
    arrivesAs: 'the same',
    examples: { true: () => true, false: () => false, null: () => null, undefined: () => undefined },
  },
  {
    values: 'plain objects, also without a prototype: members with any name and with the value `undefined`',
    arrivesAs: 'an equal object',
    examples: {
      empty: () => ({}),
      nested: () => ({ kind: 'seek', to: 1.5, nested: { list: [1, 2] } }),
      'without a prototype': () => Object.assign(Object.create(null), { a: 1, b: { c: 2 } }),
      'undefined, NaN and -0 as members': () => ({ a: undefined, b: Number.NaN, c: -0, d: -Infinity }),
      'a member named primitive': () => ({ primitive: 64 }),
      'a member named primitive beside a typed array': () => ({ primitive: 64, array: new Uint8Array([1]) }),
      'a member named primitive beside a primitive': () => ({ primitive: 64, lock: new Lock() }),
      'members named like parts of an encoding': () => ({
        ...{
          tag: 8,
          value: 1,
          arrays: [['', 'Uint8Array', 1]],
          mark: 6,
          id: 64,
          block: 1,
          $ref: 1,
          list: new Int8Array(1),
        },
        ...{ kind: 'Lock', type: 'undefined', tree: [6, 64], json: '{}', array: [6, 64], length: 3, '': 0 },
      }),
      'a member named __proto__': () => ownProto({ x: 1 }),
      'a member named __proto__ beside undefined': () => ({ in: [ownProto([]), ownProto(null), undefined] }),
      'names of Object.prototype': () => ({
        constructor: 1,
        toString: null,
        hasOwnProperty: [],
        valueOf: {},
      }),
      'a member named toJSON': () => ({ toJSON: 'text' }),
      'a lone surrogate as a name': () => ({ '\ud800': 1, '\ufeff': 2, '\udc00\ud800': undefined }),
      'a long name': () => ({ ['name'.repeat(100)]: 1, ['ü'.repeat(100)]: 2 }),
      'names that are indices': () => ({ 2: 'two', 1: 'one', '-1': 'minus', '01': 'text' }),
    },
  },
  {
    values: 'lists, also with holes and with members beside the elements',
    arrivesAs: 'an equal list',
    examples: {
      empty: () => [],
      nested: () => [1, [2, 'three'], null],
      'undefined, NaN and -0 as elements': () => [undefined, Number.NaN, -0, [undefined]],
      'what resembles a mark': () => [[6, 64], [0], [4], [7, 1, 8], undefined],
      'with a hole': withHole,
      'nothing but holes': () => new Array(3),
      'longer than memory, with one element': () => Object.assign([], { 4294967294: 'last' }),
      'with another member': () => Object.assign([1, 2], { note: 'more' }),
      'with another member and a hole': () => Object.assign(withHole(), { note: undefined }),
      'like a match': () => 'text'.match(/t(e)/),
      'many elements': () => Array.from({ length: 1000 }, (_, index) => index * 1.5),
      'hundreds of levels': () => nested(300),
    },
  },
  {
    values: 'frozen, sealed and non-extensible objects and lists',
    arrivesAs: 'an equal one, frozen, sealed or non-extensible too',
    examples: {
      'a frozen object': () => Object.freeze({ a: 1, b: Object.freeze([2]) }),
      'a sealed list': () => Object.seal([1, { a: 2 }]),
      'a non-extensible object': () => Object.preventExtensions({ a: undefined }),
      'an empty frozen object without a prototype': () => Object.freeze(Object.create(null)),
      'a frozen list in a list': () => [Object.freeze([]), []],
    },
  },
  {
    values: 'an object that occurs more than once in a value',
    arrivesAs: 'as many equal copies',
    examples: {
      'in a list': () => [shared, shared],
      'beside undefined': () => ({ one: shared, other: [shared.once], none: undefined }),
    },
  },
  {
    values: 'typed arrays of every kind, DataView, ArrayBuffer, Buffer in Node',
    arrivesAs: 'the same kind with the same bytes; a part of a buffer arrives with a buffer of that part',
    examples: {
      ...typedArrays,
      ...nodeBuffers,
      'an empty array': () => new Uint8Array(),
      'a part of a buffer': () => new Uint16Array(bytesOf(1, 2, 3, 4, 5, 6, 7, 8), 2, 2),
      'an array of 100,000 elements': () => new Float64Array(100_000).fill(0.1),
      DataView: () => new DataView(bytesOf(1, 2, 3, 4), 1, 2),
      ArrayBuffer: () => bytesOf(1, 2, 3),
      'an empty ArrayBuffer': () => new ArrayBuffer(0),
      'arrays of different kinds, deep inside': () => ({
        rows: new Int32Array([3, 1, 2]),
        deeper: [
          { bytes: new Uint8Array([255]), big: [new BigInt64Array([-1n]), new Float64Array([Number.NaN])] },
        ],
        request: 4,
        again: new Uint8Array([1, 2, 3]),
      }),
    },
  },
  {
    values: 'views of a SharedMemory: its `int32`, `float64` and `uint8`, and others of its buffer',
    arrivesAs: 'a view of the same memory, not a copy',
    examples: {
      'the memory as integers': () => new SharedMemory({ bytes: 16 }).int32,
      'a part of it': () => ({ part: new SharedMemory({ bytes: 16 }).float64.subarray(1) }),
    },
  },
  {
    values:
      'Lock, RLock, Semaphore, BoundedSemaphore, Event, Condition, Barrier, Queue, LifoQueue, PriorityQueue, Cell, RingBuffer, SharedMemory',
    arrivesAs: 'a handle on the same object',
    examples: {
      Lock: () => new Lock(),
      RLock: () => new RLock(),
      Semaphore: () => new Semaphore(),
      BoundedSemaphore: () => new BoundedSemaphore(),
      Event: () => new Event(),
      Condition: () => new Condition(),
      Barrier: () => new Barrier({ parties: 2 }),
      Queue: () => new Queue(),
      LifoQueue: () => new LifoQueue(),
      PriorityQueue: () => new PriorityQueue(),
      Cell: () => new Cell(),
      RingBuffer: () => new RingBuffer({ channels: 2, capacity: 4 }),
      SharedMemory: () => new SharedMemory({ bytes: 24 }),
      'two of them, deep inside': () => ({ in: [new Lock(), { primitive: new SharedMemory({ bytes: 8 }) }] }),
    },
  },
  {
    values: 'a proxy that behaves like one of the objects above',
    arrivesAs: 'a copy of what it shows',
    examples: {
      'of an object': () => new Proxy({ a: 1, b: [2] }, {}),
      'of a list': () => new Proxy([1, undefined, 3], {}),
    },
  },
]

class Point {
  readonly x = 1
}
class Bytes extends Uint8Array {}
class List extends Array<number> {}
class NamedLock extends Lock {}

function circle(): unknown[] {
  const list: unknown[] = [1]
  list.push({ inside: list })
  return list
}

function parents(): unknown {
  const parent: { children: unknown[]; array: Uint8Array } = { children: [], array: new Uint8Array(1) }
  parent.children.push({ parent }, { parent })
  return parent
}

function constant(): unknown {
  return Object.defineProperty({}, 'x', { value: 1, enumerable: true, configurable: true })
}

function detached(): ArrayBuffer {
  const buffer = new ArrayBuffer(8)
  structuredClone(buffer, { transfer: [buffer] })
  return buffer
}

export const refusedRows: readonly Row[] = [
  {
    values: 'functions, symbols, bigints',
    arrivesAs: undefined,
    examples: {
      'an arrow function': () => () => {},
      'a class': () => Point,
      'a symbol': () => Symbol('s'),
      'a registered symbol': () => Symbol.for('s'),
      'a bigint': () => 10n,
    },
  },
  {
    values: 'objects with members that are symbols, accessors, hidden or constant',
    arrivesAs: undefined,
    examples: {
      'a symbol as a name': () => ({ [Symbol('s')]: 1, a: 1 }),
      'a symbol as a name in a list': () => Object.assign([1], { [Symbol.iterator]: 1 }),
      'a getter': () => ({
        get a() {
          return 1
        },
      }),
      'a setter': () => ({ set a(_value: unknown) {} }),
      'a getter as an element': () => Object.defineProperty([1, 2], 1, { get: () => 3 }),
      'a hidden member': () =>
        Object.defineProperty({ a: 1 }, 'b', { value: 1, writable: true, configurable: true }),
      'a hidden member of a list': () => Object.defineProperty([1], 'b', { value: 1 }),
      'a constant member': constant,
      'a toJSON method': () => ({ a: 1, toJSON: () => ({}) }),
    },
  },
  {
    values: 'circular structures',
    arrivesAs: undefined,
    examples: {
      'a list in itself': circle,
      'parents and children': parents,
    },
  },
  {
    values: 'instances of classes: Date, Map, Set, RegExp, Error, Promise, `new Number(1)`, Thread, your own',
    arrivesAs: undefined,
    examples: {
      Date: () => new Date(0),
      Map: () => new Map([[1, 2]]),
      Set: () => new Set([1]),
      WeakMap: () => new WeakMap(),
      RegExp: () => /x/g,
      Error: () => new TypeError('not today'),
      Promise: () => Promise.resolve(1),
      'a boxed number': () => Object(1),
      'a boxed string': () => Object('text'),
      'a boxed boolean': () => Object(false),
      'a boxed symbol': () => Object(Symbol('s')),
      'a boxed bigint': () => Object(1n),
      'a Thread': () => new Thread(),
      'an object of a class': () => new Point(),
      'an object with an object as its prototype': () => Object.create({ inherited: 1 }),
      'a held lock': () => new Semaphore().hold(),
      'an iterator': () => [1][Symbol.iterator](),
      Math: () => Math,
      globalThis: () => globalThis,
      'the prototype of lists': () => Array.prototype,
    },
  },
  {
    values: 'instances of subclasses of Array, typed arrays and primitives',
    arrivesAs: undefined,
    examples: {
      'a subclass of Uint8Array': () => new Bytes(2),
      'a subclass of Array': () => List.of(1, 2),
      'a subclass of Lock': () => new NamedLock(),
      'an object that only has the prototype of Lock': () => Object.create(Lock.prototype),
      'an object that only has the prototype of Uint8Array': () => Object.create(Uint8Array.prototype),
      'an object that only has the prototype of ArrayBuffer': () => Object.create(ArrayBuffer.prototype),
      'a list without a prototype': () => Object.setPrototypeOf([1], null),
      'a list that poses as an object': () => Object.setPrototypeOf([1], Object.prototype),
      'a proxy of a lock': () => new Proxy(new Lock(), {}),
      'a proxy of a typed array': () => new Proxy(new Uint8Array(1), {}),
    },
  },
  {
    values:
      'SharedArrayBuffer and views of one, unless it is a SharedMemory; resizable and detached ArrayBuffers',
    arrivesAs: undefined,
    examples: {
      SharedArrayBuffer: () => new SharedArrayBuffer(8),
      'a view of one': () => new Int32Array(new SharedArrayBuffer(8)),
      'a resizable ArrayBuffer': () => new ArrayBuffer(8, { maxByteLength: 16 }),
      'a detached ArrayBuffer': detached,
    },
  },
  {
    values: 'typed arrays of at most 64 elements, DataViews and ArrayBuffers to which members were added',
    arrivesAs: undefined,
    examples: {
      'a typed array': () => Object.assign(new Uint8Array(2), { note: 1 }),
      'an ArrayBuffer': () => Object.assign(new ArrayBuffer(2), { note: 1 }),
      'a long typed array with a symbol': () => Object.assign(new Uint8Array(100), { [Symbol('s')]: 1 }),
    },
  },
  {
    values: 'a proxy that shows other values than it describes',
    arrivesAs: undefined,
    examples: {
      'another value': () => new Proxy({ a: 1 }, { get: () => 2 }),
      'a function': () => new Proxy({ a: 1 }, { get: () => () => {} }),
    },
  },
]
