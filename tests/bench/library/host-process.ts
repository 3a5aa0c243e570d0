import { type ChildProcess, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import type { HostEvent } from '../../../shared/host-api.ts'

const webHost = fileURLToPath(new URL('../../../out/main/web-host.js', import.meta.url))

/** A scan that takes longer, in milliseconds, has failed. */
const maxScanTime = 20 * 60 * 1000

/** The built web host with a folder as its library. */
export class HostProcess {
  readonly address: string
  readonly #process: ChildProcess
  readonly #page = randomUUID()

  private constructor(process: ChildProcess, address: string) {
    this.#process = process
    this.address = address
  }

  static async start(folder: string, dataFolder: string): Promise<HostProcess> {
    const host = spawn(process.execPath, [webHost, '--port', '0', folder], {
      env: { ...process.env, SKEIN_DATA_DIR: dataFolder },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    const lines = createInterface(host.stdout)
    const ended = once(host, 'exit').then(() => {
      throw new Error('The web host exited before it printed its address.')
    })
    const [address] = (await Promise.race([once(lines, 'line'), ended])) as [string]
    return new HostProcess(host, address)
  }

  /** Yields the events of a page, from its subscription on, without the tracks that the host knows from before. */
  async *events(): AsyncGenerator<HostEvent> {
    for await (const line of this.#lines())
      if (line.startsWith('data: {"kind"')) yield JSON.parse(line.slice(5))
  }

  /** Yields the lines of a page's stream of events. */
  async *#lines(): AsyncGenerator<string> {
    const address = this.#urlOf('/api/events')
    address.searchParams.set('page', this.#page)
    const { body } = await fetch(address, { signal: AbortSignal.timeout(maxScanTime) })
    if (body === null) throw new Error('The web host sends no events.')
    let text = ''
    for await (const part of body.pipeThrough(new TextDecoderStream())) {
      const lines = (text + part).split('\n')
      text = lines.pop() ?? ''
      yield* lines
    }
  }

  /** Returns the addresses of the sound of all tracks by their titles, once a page has that many. */
  async mediaAddresses(count: number): Promise<ReadonlyMap<string, string>> {
    const token = this.#urlOf('/').searchParams.get('token') ?? ''
    const addresses = new Map<string, string>()
    const add = (id: number, title: string) => addresses.set(title, `/media/${id}?token=${token}`)
    for await (const line of this.#lines()) {
      if (line.startsWith('data: ['))
        for (const { id, tags } of JSON.parse(line.slice(5))) add(id, tags.title)
      else if (line.startsWith('data: {"kind":"tracks"'))
        for (const { id, title } of JSON.parse(line.slice(5)).tracks) add(id, title)
      if (addresses.size >= count) break
    }
    return addresses
  }

  async call(name: string, ...args: readonly unknown[]): Promise<void> {
    const token = this.#urlOf('/').searchParams.get('token') ?? ''
    const headers = {
      'Content-Type': 'application/json',
      'X-Skein-Token': token,
      'X-Skein-Page': this.#page,
      Origin: new URL(this.address).origin,
    }
    const address = new URL(`/api/call/${name}`, this.address)
    const response = await fetch(address, { method: 'POST', headers, body: JSON.stringify(args) })
    if (!response.ok) throw new Error(`${name} failed: ${await response.text()}`)
  }

  /** Returns the memory that is not backed by files, in megabytes. */
  memory(): number {
    return processMemory(this.#process.pid ?? 0)
  }

  async end(): Promise<void> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return
    const ended = once(this.#process, 'exit')
    this.#process.kill('SIGTERM')
    await ended
  }

  #urlOf(path: string): URL {
    const address = new URL(this.address)
    address.pathname = path
    return address
  }
}

/** Returns a process's memory that is not backed by files, in megabytes; Linux only. */
export function processMemory(pid: number): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8')
  const kilobytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(status)?.[1] ?? 0)
  return (kilobytes('RssAnon') + kilobytes('RssShmem')) / 1024
}
