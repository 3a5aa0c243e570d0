import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'

export const canMpdPlay = (): boolean =>
  /\bpulse\b/.test(spawnSync('mpd', ['--version'], { encoding: 'utf8' }).stdout ?? '')

/** mpd with PulseAudio as its output. */
export class MpdPlayer {
  readonly #process: ChildProcess
  readonly #folder: string
  readonly #socket: string

  private constructor(process: ChildProcess, folder: string, socket: string) {
    this.#process = process
    this.#folder = folder
    this.#socket = socket
  }

  static async start(music: string, environment: NodeJS.ProcessEnv, rate: number): Promise<MpdPlayer> {
    const folder = mkdtempSync(join(tmpdir(), 'skein-mpd-'))
    const socket = join(folder, 'socket')
    const config = [
      `music_directory "${music}"`,
      `db_file "${join(folder, 'db')}"`,
      `log_file "${join(folder, 'log')}"`,
      `bind_to_address "${socket}"`,
      `audio_output_format "${rate}:16:1"`,
      `audio_output {\n  type "pulse"\n  name "pulse"\n  server "${environment.PULSE_SERVER}"\n  sink "bench"\n}`,
    ]
    writeFileSync(join(folder, 'conf'), `${config.join('\n')}\n`)
    const mpd = spawn('mpd', ['--no-daemon', join(folder, 'conf')], { env: environment, stdio: 'ignore' })
    const player = new MpdPlayer(mpd, folder, socket)
    for (let tries = 0; !existsSync(socket); tries++) {
      if (mpd.exitCode !== null || tries > 200) throw new Error('mpd did not start.')
      await delay(25)
    }
    while (
      /^updating_db:/m.test(await player.send('status')) ||
      !/^songs: [1-9]/m.test(await player.send('stats'))
    )
      await delay(50)
    return player
  }

  /** Plays these files, by their paths in the music folder, and waits until they have ended. */
  async play(paths: readonly string[]): Promise<void> {
    await this.send('clear')
    for (const path of paths) await this.send(`add "${path}"`)
    await this.send('play')
    while (/^state: play/m.test(await this.send('status'))) await delay(50)
  }

  async send(command: string): Promise<string> {
    const connection = connect(this.#socket)
    connection.write(`${command}\nclose\n`)
    let response = ''
    for await (const part of connection) response += String(part)
    return response
  }

  async end(): Promise<void> {
    if (this.#process.exitCode === null && this.#process.signalCode === null) {
      const ended = once(this.#process, 'exit')
      this.#process.kill('SIGTERM')
      await ended
    }
    rmSync(this.#folder, { recursive: true, force: true })
  }
}
