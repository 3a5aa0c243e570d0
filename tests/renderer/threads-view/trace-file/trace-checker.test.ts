import { describe, expect, test } from 'vitest'
import { checkFtrace } from '../fixtures/ftrace-checker.ts'
import { findTraceProblems } from '../fixtures/trace-checker.ts'

const names = [
  { ph: 'M', name: 'process_name', pid: 1, tid: 1, args: { name: 'player' } },
  { ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: { name: 'main' } },
  { ph: 'M', name: 'thread_name', pid: 1, tid: 2, args: { name: 'input' } },
]
const slice = (ts: number, dur: unknown, tid = 1) => ({ ph: 'X', name: 'run', pid: 1, tid, ts, dur })
const flow = (ph: string, ts: number, tid: number, rest: object = {}) => ({
  ph,
  name: 'wake',
  cat: 'wake',
  id: 1,
  pid: 1,
  tid,
  ts,
  ...rest,
})
const pair = (ph: string, ts: number, name?: string) => ({ ph, name, pid: 1, tid: 1, ts })
const trace = (...events: object[]) => ({ traceEvents: [...names, ...events] })

test('a valid trace has no problems', () => {
  const good = trace(
    slice(0, 100),
    slice(10, 20),
    slice(30, 0),
    slice(0, 40, 2),
    slice(40.1, 5, 2),
    pair('B', 1, 'outer'),
    pair('B', 2, 'inner'),
    pair('E', 3, 'inner'),
    pair('E', 3),
    flow('s', 20, 1),
    flow('f', 40, 2, { bp: 'e' }),
    { ph: 'i', name: 'put', pid: 1, tid: 1, ts: 4, s: 't' },
    { ph: 'C', name: 'Queue', pid: 1, tid: 1, ts: 4, args: { items: 3 } },
    { ph: 'b', name: 'hold', cat: 'lock', id: 5, pid: 1, tid: 1, ts: 1 },
    { ph: 'e', name: 'hold', cat: 'lock', id: 5, pid: 1, tid: 1, ts: 2 },
  )
  expect(findTraceProblems(good)).toEqual([])
  expect(findTraceProblems({ ...good, displayTimeUnit: 'ms', systemTraceEvents: '# tracer: nop\n' })).toEqual(
    [],
  )
})

describe('a trace is invalid', () => {
  const broken: Record<string, unknown> = {
    'that is no object': 7,
    'without events': { displayTimeUnit: 'ms' },
    'with an unknown time unit': { ...trace(), displayTimeUnit: 's' },
    "with a kernel's text of another kind": { ...trace(), systemTraceEvents: 'sched_switch' },
    'with an event of no known phase': trace({ ...slice(0, 1), ph: 'Y' }),
    'with an event without a name': trace({ ...slice(0, 1), name: undefined }),
    'with an event without a time': trace({ ...slice(0, 1), ts: undefined }),
    'with an event before its beginning': trace(slice(-1, 1)),
    'with a time that is a text': trace({ ...slice(0, 1), ts: '0' }),
    'with an event of no process': trace({ ...slice(0, 1), pid: undefined }),
    'with an event of no thread': trace({ ...slice(0, 1), tid: 'main' }),
    'with args that are a list': trace({ ...slice(0, 1), args: [] }),
    'with a slice without a duration': trace(slice(0, undefined)),
    'with a slice of a negative duration': trace(slice(0, -1)),
    'with slices that overlap': trace(slice(0, 10), slice(5, 10)),
    'with slices that overlap by a nanosecond': trace(slice(0, 10.001), slice(10, 10)),
    'with E before B': trace(pair('E', 1), pair('B', 2, 'one'), pair('E', 3)),
    'with B that does not end': trace(pair('B', 1, 'one')),
    'with E that ends another B': trace(pair('B', 1, 'one'), pair('E', 2, 'two')),
    'with B and E back in time': trace(pair('B', 2, 'one'), pair('E', 1, 'one')),
    'with an instant of an unknown scope': trace({ ph: 'i', name: 'put', pid: 1, tid: 1, ts: 0, s: 'x' }),
    'with a counter that counts words': trace({
      ph: 'C',
      name: 'Queue',
      pid: 1,
      tid: 1,
      ts: 0,
      args: { items: 'three' },
    }),
    'with a counter that counts nothing': trace({ ph: 'C', name: 'Queue', pid: 1, tid: 1, ts: 0, args: {} }),
    'with b without e': trace({ ph: 'b', name: 'hold', cat: 'lock', id: 5, pid: 1, tid: 1, ts: 1 }),
    'with b without an id': trace({ ph: 'b', name: 'hold', cat: 'lock', pid: 1, tid: 1, ts: 1 }),
    'with a flow that does not end': trace(slice(0, 9), flow('s', 1, 1)),
    'with a flow that does not begin': trace(slice(0, 9), flow('f', 1, 1)),
    'with a flow that begins twice': trace(slice(0, 9), flow('s', 1, 1), flow('s', 2, 1), flow('f', 3, 1)),
    'with a flow back in time': trace(slice(0, 9), flow('s', 5, 1), flow('f', 4, 1)),
    'with a flow without an id': trace(
      slice(0, 9),
      flow('s', 1, 1, { id: undefined }),
      flow('f', 2, 1, { id: undefined }),
    ),
    'with a flow outside of all slices': trace(slice(0, 9), flow('s', 1, 1), flow('f', 20, 1)),
    'with a flow that binds elsewhere': trace(slice(0, 9), flow('s', 1, 1), flow('f', 2, 1, { bp: 'x' })),
    'with metadata that nobody knows': trace({ ph: 'M', name: 'colour', pid: 1, tid: 1, args: {} }),
    'with a thread name that is none': trace({ ph: 'M', name: 'thread_name', pid: 1, tid: 1, args: {} }),
    'with a thread without a name': trace(slice(0, 1, 3)),
    'with a process without a name': { traceEvents: [slice(0, 1)] },
  }
  test.each(Object.entries(broken))('%s', (_, wrong) => {
    expect(findTraceProblems(wrong)).not.toEqual([])
  })
})

describe("the kernel's text is invalid", () => {
  const runs = '          <idle>-0       (-----) [002] ....     0.000010: sched_switch: '
  const text = (...lines: string[]) => `# tracer: nop\n#\n${lines.map((line) => `${line}\n`).join('')}`
  const start = `${runs}prev_comm=swapper/2 prev_pid=0 prev_prio=120 prev_state=R ==> next_comm=input next_pid=2 next_prio=120`

  test('unless it follows the rules', () => {
    expect(checkFtrace(text(start)).problems).toEqual([])
  })

  test.each(
    Object.entries({
      'without its head': `${start}\n`,
      'with a line that is no event': text('hello'),
      'with a time of another form': text(start.replace('0.000010', '0.1')),
      'with a state that is none': text(start.replace('prev_state=R', 'prev_state=Q')),
      'with a thread that goes on twice': text(start, start),
      'back in time': text(start, start.replace('0.000010', '0.000009')),
      'with an event that is none': text(start.replace('sched_switch', 'sched_nothing')),
    }),
  )('%s', (_, wrong) => {
    expect(checkFtrace(wrong).problems).not.toEqual([])
  })
})
