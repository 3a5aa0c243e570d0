import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { promisify } from 'node:util'

const run = promisify(execFile)
const playerInterface = 'org.mpris.MediaPlayer2.Player'

/** What a player reports to the desktop by MPRIS. */
export interface PlayerStatus {
  readonly playing: boolean
  readonly title: string | undefined
  /** In milliseconds. */
  readonly position: number
}

/** A private session bus, on which MPRIS players can be queried. */
export class SessionBus {
  /** The value of DBUS_SESSION_BUS_ADDRESS for its clients. */
  readonly address: string
  readonly #daemon: ChildProcess

  private constructor(daemon: ChildProcess, address: string) {
    this.#daemon = daemon
    this.address = address
  }

  static async open(): Promise<SessionBus> {
    const daemon = spawn('dbus-daemon', ['--session', '--nofork', '--print-address=1'], {
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    const { stdout } = daemon
    stdout.setEncoding('utf8')
    const [address] = await once(stdout, 'data')
    return new SessionBus(daemon, String(address).trim())
  }

  /** Returns the status of the only player; undefined while there is none. */
  async readPlayerStatus(): Promise<PlayerStatus | undefined> {
    const names = await this.#call('org.freedesktop.DBus', '/', 'org.freedesktop.DBus.ListNames')
    const name = /'(org\.mpris\.MediaPlayer2\.[^']+)'/.exec(names)?.[1]
    if (name === undefined) return undefined
    try {
      const [status, metadata, position] = await Promise.all(
        ['PlaybackStatus', 'Metadata', 'Position'].map((property) => this.#property(name, property)),
      )
      return {
        playing: status?.includes("'Playing'") ?? false,
        title: /'xesam:title': <'([^']*)'>/.exec(metadata ?? '')?.[1],
        position: Number(/int64 (\d+)/.exec(position ?? '')?.[1] ?? 0) / 1000,
      }
    } catch {
      // The player exited after it was listed.
      return undefined
    }
  }

  async close(): Promise<void> {
    const ended = once(this.#daemon, 'exit')
    this.#daemon.kill()
    await ended
  }

  async #property(name: string, property: string): Promise<string> {
    const method = 'org.freedesktop.DBus.Properties.Get'
    return await this.#call(name, '/org/mpris/MediaPlayer2', method, playerInterface, property)
  }

  async #call(destination: string, path: string, method: string, ...args: string[]): Promise<string> {
    const options = ['call', '--address', this.address, '--dest', destination]
    const { stdout } = await run('gdbus', [...options, '--object-path', path, '--method', method, ...args])
    return stdout
  }
}
