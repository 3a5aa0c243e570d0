import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { hasProgram } from '../../scripts/system.ts'
import { type Measurement, median } from './support/measurement.ts'

const rounds = 5
const folder = join(import.meta.dirname, 'threading')
const run = promisify(execFile)

/** A program with its arguments. It prints one figure. */
type Command = readonly [program: string, ...args: string[]]

export interface Row {
  readonly name: string
  readonly unit: string
  readonly own: Command
  readonly peer: Command
  /** Computes the ratio of the aim from the figures. */
  readonly ratio: (value: number, peer: number) => number
  readonly aim: string
  readonly isMet: (ratio: number, value: number) => boolean
}

export const skein = (name: string): Command => [
  process.execPath,
  join(folder, 'threading-measures.ts'),
  name,
]
const bare = (name: string): Command => [process.execPath, join(folder, 'node-measures.ts'), name]
const python = (name: string): Command => ['python3', join(folder, 'python.py'), name]
/** Lets a program of Node collect its garbage. */
const collecting = ([program, ...args]: Command): Command => [program, '--expose-gc', ...args]
/** Keeps a program on one core, where waking another thread costs no trip between cores. */
const onOneCore = (command: Command): Command => ['taskset', '-c', '0', ...command]

export const valueOverPeer = (value: number, peer: number) => value / peer
export const minRatio = (aim: number) => ({
  aim: `value / peer ≥ ${aim}`,
  isMet: (ratio: number) => ratio >= aim,
})
const maxRatio = (aim: number) => ({
  aim: `value / peer ≤ ${aim}`,
  isMet: (ratio: number) => ratio <= aim,
})

const rows: readonly Row[] = [
  likePython('queue-integers', 'thousand/s', 12),
  likePython('queue-objects', 'thousand/s', 3.5),
  likePython('queue-bounded', 'thousand/s', 8),
  likePython('lock', 'thousand/s', 3),
  likePython('lock-contended', 'thousand/s', 3),
  {
    name: 'queue-post-message',
    unit: 'thousand/s',
    own: skein('queue-objects'),
    peer: bare('post-message'),
    ratio: valueOverPeer,
    ...minRatio(1.2),
  },
  {
    name: 'ping-pong',
    unit: 'µs',
    own: onOneCore(skein('ping-pong')),
    peer: onOneCore(bare('ping-pong')),
    ratio: valueOverPeer,
    ...maxRatio(1.3),
  },
  {
    name: 'lock-longest-wait',
    unit: 'ms',
    own: skein('lock-longest-wait'),
    peer: bare('barging-lock'),
    ratio: valueOverPeer,
    aim: 'value < 20 ms',
    isMet: (_ratio, value) => value < 20,
  },
  {
    name: 'thread-start',
    unit: 'µs',
    own: skein('thread-start'),
    peer: bare('thread-start'),
    ratio: valueOverPeer,
    ...maxRatio(0.1),
  },
  {
    name: 'threading-dispose',
    unit: 'thousand/s',
    own: skein('dispose'),
    peer: python('dispose'),
    ratio: valueOverPeer,
    aim: 'value ≥ 100 thousand/s',
    isMet: (_ratio, value) => value >= 100,
  },
  {
    name: 'dispose-memory',
    unit: 'MiB',
    own: collecting(skein('dispose-memory')),
    peer: collecting(skein('dispose-memory-start')),
    ratio: valueOverPeer,
    // V8's young generation grows by up to 12 MiB, whatever the number of locks. The locks would take 384.
    ...maxRatio(1.2),
  },
  {
    name: 'tracing',
    unit: 'thousand/s',
    own: skein('queue-integers'),
    peer: skein('queue-untraced'),
    ratio: valueOverPeer,
    ...minRatio(0.97),
  },
]

function likePython(name: string, unit: string, aim: number): Row {
  return { name, unit, own: skein(name), peer: python(name), ratio: valueOverPeer, ...minRatio(aim) }
}

/**
 * The threading library, compared with CPython's, with Node's messages and workers, and with a bare wait and
 * notify. Each figure comes from a new process; rounds of value and peer alternate. Rows without an installed
 * peer are omitted, with a message.
 */
export async function threading(): Promise<readonly Measurement[]> {
  const measurements: Measurement[] = []
  for (const row of rows) {
    const missing = [row.own[0], row.peer[0]].find(
      (program) => program !== process.execPath && !hasProgram(program),
    )
    if (missing === undefined) measurements.push(await measured(row))
    else console.error(`${row.name} is left out: there is no ${missing} to compare with.`)
  }
  return measurements
}

/** Measures value and peer in alternating rounds. */
export async function measured({ name, unit, own, peer, ratio, aim, isMet }: Row): Promise<Measurement> {
  const values: number[] = []
  const peers: number[] = []
  for (let round = 0; round < rounds; round++) {
    values.push(await figure(own))
    peers.push(await figure(peer))
  }
  const [value, other] = [median(values), median(peers)]
  const result = ratio(value, other)
  return { name, value, peer: other, unit, ratio: result, aim, met: isMet(result, value) }
}

async function figure([program, ...args]: Command): Promise<number> {
  const { stdout } = await run(program, args)
  const value = Number(stdout.trim())
  if (!(value > 0)) throw new Error(`${[program, ...args].join(' ')} printed ${stdout.trim()}, not a figure.`)
  return value
}
