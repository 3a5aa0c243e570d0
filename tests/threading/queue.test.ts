import { describe, expect, test } from 'vitest'
import { Empty, Full, Lock, MemoryError, Queue, ShutDown, ValueError } from '../../shared/threading/index.ts'
import { inProcess, run, take } from './process.ts'
import { consume, echo, getForever, produce } from './targets.ts'

inProcess()

describe('what an item can be', () => {
  const items: [string, unknown][] = [
    ['an integer', -7],
    ['a large number', 2 ** 40],
    ['a fraction', 0.1],
    ['minus zero', -0],
    ['not a number', Number.NaN],
    ['true', true],
    ['false', false],
    ['null', null],
    ['undefined', undefined],
    ['an empty text', ''],
    ['a text of any letters', 'Ünïcödé 🎵 שלום\n"quoted"'],
    ['a list', [1, [2, 'three'], null]],
    ['an object', { kind: 'seek', to: 1.5, nested: { list: [1, 2] } }],
    ['a typed array', new Float64Array([1.5, -2])],
    [
      'an object with typed arrays',
      { rows: new Int32Array([3, 1, 2]), bytes: new Uint8Array([255]), request: 4 },
    ],
    ['a text that looks like a primitive', '{"primitive":64}'],
    ['an object that looks like a primitive', { primitive: 64 }],
  ]
  test.each(items)('%s comes out as it went in, through another thread', (_name, item) => {
    const [there, back] = [new Queue(), new Queue()]
    run(echo, [there, back])
    there.put(item)
    expect(back.get(true, 10_000)).toEqual(item)
    there.put('stop')
  })

  test('a large text passes whole', () => {
    const queue = new Queue<string>()
    const text = 'long '.repeat(100_000)
    queue.put(text)
    expect(queue.get()).toBe(text)
  })

  test('a primitive inside an item is the same object on the other side', () => {
    const queue = new Queue<{ lock: Lock }>()
    const lock = new Lock({ name: 'sent' })
    queue.put({ lock })
    const received = queue.get().lock
    received.acquire()
    expect(lock.locked()).toBe(true)
    expect(received.name).toBe('sent')
    received.release()
  })

  test('what cannot be stored is refused, and the queue is as it was', () => {
    const queue = new Queue()
    queue.put(1)
    const circle: unknown[] = []
    circle.push(circle)
    for (const bad of [() => {}, Symbol('s'), 10n, circle]) expect(() => queue.put(bad)).toThrow(TypeError)
    expect(queue.qsize()).toBe(1)
    expect(queue.unfinished).toBe(1)
    expect(queue.get()).toBe(1)
  })

  test('an item larger than the memory left is refused, and smaller ones go on', () => {
    const queue = new Queue()
    expect(() => queue.put('x'.repeat(2 ** 25))).toThrow(MemoryError)
    expect(queue.qsize()).toBe(0)
    queue.put('small')
    expect(queue.get()).toBe('small')
  })
})

describe('order and bounds', () => {
  test('items come out in the order in which they went in, through growth', () => {
    const queue = new Queue<number>()
    const numbers = Array.from({ length: 1000 }, (_, index) => index)
    for (const number of numbers) queue.put(number)
    expect(queue.qsize()).toBe(1000)
    expect(take(queue, 1000)).toEqual(numbers)
    expect(queue.empty()).toBe(true)
  })

  test('a bounded queue is full at its bound, and says so', () => {
    const queue = new Queue({ maxSize: 2 })
    queue.put(1)
    queue.put(2)
    expect(queue.full()).toBe(true)
    expect(() => queue.putNowait(3)).toThrow(Full)
    expect(() => queue.put(3, true, 2)).toThrow(Full)
    expect(() => queue.put(3, true, -1)).toThrow(ValueError)
    expect(queue.qsize()).toBe(2)
  })

  test('a bound of zero or less is none', () => {
    const queue = new Queue({ maxSize: -1 })
    for (let item = 0; item < 100; item++) queue.put(item, true, -1)
    expect(queue.full()).toBe(false)
  })

  test('an empty queue gives nothing, and says so', () => {
    const queue = new Queue()
    expect(() => queue.getNowait()).toThrow(Empty)
    expect(() => queue.get(true, 2)).toThrow(Empty)
    expect(() => queue.get(true, -1)).toThrow(ValueError)
    expect(() => queue.get(false, -1)).toThrow(Empty)
  })

  test('every item of several producers reaches one of several consumers, once', () => {
    const queue = new Queue<number>({ maxSize: 16 })
    const sums = new Queue<[number, number]>()
    const each = 5_000
    const producers = [0, 1, 2].map((index) => run(produce, [queue, index * each, each]))
    for (let count = 0; count < 3; count++) run(consume, [queue, sums])
    for (const producer of producers) producer.join()
    for (let count = 0; count < 3; count++) queue.put(-1)
    const results = take(sums, 3)
    const total = 3 * each
    expect(results.reduce((sum, [count]) => sum + count, 0)).toBe(total)
    expect(results.reduce((sum, [, sumOf]) => sum + sumOf, 0)).toBe((total * (total - 1)) / 2)
  })
})

describe('without blocking', () => {
  test('getAsync waits for an item, and gives up in time', async () => {
    const queue = new Queue<number>()
    await expect(queue.getAsync(2)).rejects.toThrow(Empty)
    const item = queue.getAsync()
    queue.put(5)
    expect(await item).toBe(5)
  })

  test('putAsync waits for room, and gives up in time', async () => {
    const queue = new Queue<number>({ maxSize: 1 })
    await queue.putAsync(1)
    await expect(queue.putAsync(2, 2)).rejects.toThrow(Full)
    const put = queue.putAsync(3)
    expect(queue.get()).toBe(1)
    await put
    expect(queue.get()).toBe(3)
  })
})

describe('taskDone and join', () => {
  test('join waits until all that was put is done', async () => {
    const queue = new Queue()
    queue.put('a')
    queue.put('b')
    queue.get()
    queue.taskDone()
    let isJoined = false
    const joined = queue.joinAsync().then(() => {
      isJoined = true
    })
    await Promise.resolve()
    expect(isJoined).toBe(false)
    queue.get()
    queue.taskDone()
    await joined
    queue.join()
  })

  test('taskDone more often than put is an error, and the count stays', () => {
    const queue = new Queue()
    expect(() => queue.taskDone()).toThrow(ValueError)
    queue.put(1)
    expect(queue.unfinished).toBe(1)
  })
})

describe('shutdown', () => {
  test('put is refused at once, before Full; get drains and is then refused', () => {
    const queue = new Queue({ maxSize: 1 })
    queue.put('last')
    queue.shutdown()
    expect(() => queue.putNowait('more')).toThrow(ShutDown)
    expect(queue.get()).toBe('last')
    expect(() => queue.get()).toThrow(ShutDown)
  })

  test('immediate drops what is queued and ends join', () => {
    const queue = new Queue()
    queue.put('dropped')
    queue.shutdown(true)
    expect(() => queue.get()).toThrow(ShutDown)
    queue.join()
  })

  test('a thread that waits is woken with ShutDown', async () => {
    const queue = new Queue()
    const thread = run(getForever, [queue])
    queue.shutdown()
    await thread.joinAsync()
    expect(thread.isAlive()).toBe(false)
  })
})
