import { Event, Lock, now, Queue } from '@skein/threading'
import { Inspector, setOperationRecording } from '@skein/threading/inspect'
import { beforeAll, expect, test } from 'vitest'
import { ProcessModel } from '../../../../renderer/threads-view/model/process-model.ts'
import { formatThreadDump } from '../../../../renderer/threads-view/trace-file/thread-dump.ts'
import { inProcess, run, until } from '../../../threading/test-process.ts'
import { getForever, takeBoth } from '../../../threading/test-targets.ts'
import { object, process, thread } from '../fixtures/view-builders.ts'

inProcess()
beforeAll(() => setOperationRecording(true))

test('the dump of real threads has their waits, locks and last operations, and the cycle of a deadlock', async () => {
  const model = new ProcessModel('test')
  const inspector = new Inspector()
  const [left, right] = [new Lock({ name: 'left' }), new Lock({ name: 'right' })]
  const [one, other, done] = [new Event(), new Event(), new Queue<string>()]
  const items = new Queue({ name: 'items' })
  const first = run(takeBoth, [left, right, one, other, done], 'first')
  const second = run(takeBoth, [right, left, other, one, done], 'second')
  const getter = run(getForever, [items], 'getter')
  await until(() => {
    const view = inspector.sample()
    model.accept(view)
    // A thread joins a list of waiters before it publishes that it waits, and a sample may read in between.
    const waitsFor = (ident: number | undefined, waitedFor: Lock | Queue) =>
      view.threads.some(
        ({ id, waiting, waitSequence }) =>
          id === ident && waiting?.object === waitedFor.id && waitSequence !== 0,
      )
    return waitsFor(first.ident, right) && waitsFor(second.ident, left) && waitsFor(getter.ident, items)
  })
  const dump = formatThreadDump({ at: now(), processes: [model], isFrozen: false })
  expect(dump).toMatch(
    /^Skein thread dump, \d{4}-\d\d-\d\d \d\d:\d\d:\d\d\.\d{3}\n\nProcess test: 4 threads\n/,
  )
  const part = (name: string) => dump.split('\n\n').find((text) => text.startsWith(`"${name}"`)) ?? ''
  expect(part('main')).toMatch(/^"main" #1\n {4}Runnable for /)
  expect(part('first')).toMatch(/^"first" #\d+ daemon\n {4}Blocked for .* in acquire of Lock right\n/)
  expect(part('first')).toContain(`held by "second" #${second.ident}`)
  expect(part('first')).toContain('holds Lock left')
  expect(part('first')).toMatch(/ago: set Event .*, leaves 1/)
  expect(part('getter')).toMatch(/Waiting for .* in get of Queue items\n {4}holds no lock/)
  expect(dump).toContain(
    `    Lock left: held by "first" #${first.ident}, waited for by "second" #${second.ident}`,
  )
  expect(dump).toContain('    Queue items: 0 items, 0 unfinished, waited for by "getter"')
  expect(dump).toContain('Deadlock of 2 threads:')
  expect(dump).toContain(
    `    "first" #${first.ident} waits for Lock right, which "second" #${second.ident} holds`,
  )
})

test('the dump has every property of threads and objects', () => {
  const model = new ProcessModel('host')
  const at = 1_790_000_000_000
  const full = thread(2, 'scan-1', {
    state: 'Timed waiting',
    since: at - 2500,
    waiting: { object: 70, operation: 'get' },
    until: at + 500,
    wokenBy: { thread: 1, object: 70 },
  })
  const held = thread(3, 'scan-2', {
    daemon: false,
    since: at - 5,
    control: 'paused',
    slowness: 10,
    gate: { object: 71, act: 'acquire' },
  })
  const dead = thread(4, 'scan-3', { state: 'Terminated', since: at - 60, error: 'Error: no such file' })
  model.accept(
    process(at, {
      process: 'host',
      threads: [
        thread(1, 'main', { since: at - 100, awaiting: [{ object: 72, operation: 'get' }] }),
        full,
        held,
        dead,
      ],
      objects: [
        object(70, 'Queue', { name: 'files', depth: 0, maxSize: 32, unfinished: 3, waiters: [2] }),
        object(71, 'BoundedSemaphore', { name: 'openFiles', permits: 2 }),
        object(72, 'Queue', { name: 'found', depth: 1, unfinished: 1 }),
        object(73, 'Event', { name: 'stop', flag: false }),
        object(74, 'Barrier', { name: 'start', arrived: 1, parties: 3 }),
        object(75, 'Cell', { name: 'read', value: 12, lost: 2 }),
        object(76, 'Lock', { name: 'door' }),
      ],
    }),
  )
  const dump = formatThreadDump({ at, processes: [model, new ProcessModel('player')], isFrozen: false })
  for (const line of [
    '"scan-1" #2 daemon',
    '    Timed waiting for 2.5 s in get of Queue files',
    '    its wait ends by itself in 500 ms',
    '    last woken by "main" #1 through Queue files',
    '"scan-2" #3',
    '    held before acquire of BoundedSemaphore openFiles',
    '    slowed 10 times',
    '    ended by Error: no such file',
    '    waits beside its work for get of Queue found',
    '    Queue files: 0 of 32 items, 3 unfinished, waited for by "scan-1" #2',
    '    BoundedSemaphore openFiles: 2 permits',
    '    Event stop: clear',
    '    Barrier start: 1 of 3 have arrived',
    '    Cell read: value 12, 2 updates lost',
    '    Lock door: free',
    'No deadlock was found.',
    'Process player: not seen yet',
  ])
    expect(dump.split('\n')).toContain(line)
})
