import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import type { Recording } from './join-analysis.ts'

const sinkName = 'bench'
/** The first sound of a PulseAudio client needs a moment; a sink that is not there after this does not come. */
const maxStartTime = 10_000

export const hasPulseAudio = (): boolean =>
  ['pulseaudio', 'pactl', 'parec'].every((name) => spawnSync(name, ['--version']).status === 0)

/** A PulseAudio of its own with one output that is silent. Another process records what is heard there. */
export class PulseSink {
  /** The environment of programs that play to it. */
  readonly environment: NodeJS.ProcessEnv
  readonly rate: number
  readonly #server: ChildProcess
  readonly #folder: string

  private constructor(server: ChildProcess, folder: string, environment: NodeJS.ProcessEnv, rate: number) {
    this.#server = server
    this.#folder = folder
    this.environment = environment
    this.rate = rate
  }

  static async start(rate: number): Promise<PulseSink> {
    const folder = mkdtempSync(join(tmpdir(), 'skein-pulse-'))
    const environment = {
      ...process.env,
      XDG_RUNTIME_DIR: folder,
      PULSE_RUNTIME_PATH: folder,
      PULSE_STATE_PATH: folder,
      PULSE_SERVER: `unix:${folder}/native`,
      PULSE_SINK: sinkName,
    }
    const modules = [
      `module-null-sink sink_name=${sinkName} rate=${rate} channels=2`,
      `module-native-protocol-unix socket=${folder}/native auth-anonymous=1`,
    ]
    const server = spawn(
      'pulseaudio',
      [
        '-n',
        '--daemonize=no',
        '--exit-idle-time=-1',
        '--realtime=no',
        '--high-priority=no',
        ...modules.flatMap((module) => ['-L', module]),
      ],
      { env: environment, stdio: 'ignore' },
    )
    const sink = new PulseSink(server, folder, environment, rate)
    for (const begin = Date.now(); !sink.#isReady(); await delay(50)) {
      if (server.exitCode === null && Date.now() - begin < maxStartTime) continue
      await sink.end()
      throw new Error('PulseAudio did not start.')
    }
    return sink
  }

  /** Records what is heard from now on. */
  record(): PulseRecorder {
    const parec = spawn(
      'parec',
      [
        `--device=${sinkName}.monitor`,
        '--format=float32le',
        `--rate=${this.rate}`,
        '--channels=1',
        '--latency-msec=5',
      ],
      { env: this.environment, stdio: ['ignore', 'pipe', 'ignore'] },
    )
    return new PulseRecorder(parec, this.rate)
  }

  async end(): Promise<void> {
    if (this.#server.exitCode === null && this.#server.signalCode === null) {
      const ended = once(this.#server, 'exit')
      this.#server.kill('SIGTERM')
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }

  #isReady(): boolean {
    const { stdout } = spawnSync('pactl', ['list', 'short', 'sinks'], {
      env: this.environment,
      encoding: 'utf8',
    })
    return stdout.includes(sinkName)
  }
}

/** Another process that records the sink's monitor. */
export class PulseRecorder {
  readonly #parec: ChildProcess
  readonly #rate: number
  #parts: Float32Array[] = []
  #rest = Buffer.alloc(0)
  #onset: { readonly level: number; readonly resolve: (at: number) => void } | undefined

  constructor(parec: ChildProcess, rate: number) {
    this.#parec = parec
    this.#rate = rate
    parec.stdout?.on('data', (data: Buffer) => this.#receive(data))
  }

  /** Resolves when parec delivers samples: until then, nothing is recorded. */
  async started(): Promise<void> {
    while (this.#parts.length === 0) await delay(5)
  }

  /** Resolves with the time in milliseconds since 1970 at which a sample above `level` is heard. */
  nextOnset(level = 0.05): Promise<number> {
    return new Promise((resolve) => {
      this.#onset = { level, resolve }
    })
  }

  /** Whether the last `seconds` were silent. */
  isSilent(seconds: number, level = 0.01): boolean {
    let left = seconds * this.#rate
    for (const part of this.#parts.toReversed()) {
      if (part.some((sample) => Math.abs(sample) > level)) return false
      left -= part.length
      if (left <= 0) return true
    }
    return false
  }

  /** Forgets what was recorded so far. */
  clear(): void {
    this.#parts = this.#parts.slice(-1)
  }

  read(): Recording {
    const samples = new Float32Array(this.#parts.reduce((sum, { length }) => sum + length, 0))
    let end = 0
    for (const part of this.#parts) {
      samples.set(part, end)
      end += part.length
    }
    return { rate: this.#rate, samples }
  }

  async end(): Promise<void> {
    if (this.#parec.exitCode !== null || this.#parec.signalCode !== null) return
    const ended = once(this.#parec, 'exit')
    this.#parec.kill('SIGTERM')
    await ended
  }

  #receive(data: Buffer): void {
    const now = performance.timeOrigin + performance.now()
    const bytes = Buffer.concat([this.#rest, data])
    const count = Math.floor(bytes.length / 4)
    this.#rest = bytes.subarray(count * 4)
    const samples = Float32Array.from({ length: count }, (_, index) => bytes.readFloatLE(index * 4))
    this.#parts.push(samples)
    const onset = this.#onset
    if (onset === undefined) return
    const index = samples.findIndex((sample) => Math.abs(sample) > onset.level)
    if (index < 0) return
    this.#onset = undefined
    onset.resolve(now - ((count - index) / this.#rate) * 1000)
  }
}
