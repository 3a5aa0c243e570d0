import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import * as v from 'valibot'
import type { HostEvent } from '../../../shared/host-api.ts'
import { HostProcess } from './host-process.ts'

const run = promisify(execFile)

/** A scan from the start of its process to the last track. */
export interface ScanRun {
  readonly milliseconds: number
  readonly tracks: number
}

const Result = v.object({ milliseconds: v.number(), tracks: v.number() })

const isEnd = (event: HostEvent): boolean =>
  event.kind === 'scan' && event.progress.walked && !event.progress.running

/** Starts Skein's host with an empty data folder, and waits until a page has all tracks. */
export async function runColdScan(folder: string, dataFolder: string): Promise<ScanRun> {
  const begin = performance.now()
  const host = await HostProcess.start(folder, dataFolder)
  try {
    const tracks = new Set<number>()
    for await (const event of host.events()) {
      if (event.kind === 'tracks') for (const { id } of event.tracks) tracks.add(id)
      if (isEnd(event)) break
    }
    return { milliseconds: performance.now() - begin, tracks: tracks.size }
  } finally {
    await host.end()
  }
}

export interface RescanRun {
  readonly milliseconds: readonly number[]
  /** Megabytes of the host afterwards. */
  readonly memory: number
}

/** Starts a host that knows the library, and requests scans in which nothing has changed. */
export async function runRescans(folder: string, dataFolder: string, count: number): Promise<RescanRun> {
  const host = await HostProcess.start(folder, dataFolder)
  try {
    const events = host.events()
    await skipUntil(events, isEnd)
    const milliseconds: number[] = []
    for (let round = 0; round < count; round++) {
      const begin = performance.now()
      await host.call('rescan')
      await skipUntil(events, isEnd)
      milliseconds.push(performance.now() - begin)
    }
    return { milliseconds, memory: host.memory() }
  } finally {
    await host.end()
  }
}

async function skipUntil(
  events: AsyncGenerator<HostEvent>,
  isWanted: (event: HostEvent) => boolean,
): Promise<void> {
  for (;;) {
    const { value, done } = await events.next()
    if (done) throw new Error('The web host ended its events.')
    if (isWanted(value)) return
  }
}

/** Reads every file with music-metadata in a plain loop. */
export async function runMusicMetadata(folder: string): Promise<ScanRun> {
  const program = fileURLToPath(new URL('../scan/plain-scan-program.ts', import.meta.url))
  return await runProgram(process.execPath, [program, folder])
}

const python = '/usr/bin/python3'

export const hasMutagen = (): boolean => spawnSync(python, ['-c', 'import mutagen']).status === 0

/** Reads every file with mutagen in a plain loop. */
export async function runMutagen(folder: string): Promise<ScanRun> {
  const program = fileURLToPath(new URL('mutagen-scan.py', import.meta.url))
  const begin = performance.now()
  const { tracks } = await runProgram(python, [program, folder])
  return { milliseconds: performance.now() - begin, tracks }
}

async function runProgram(program: string, args: readonly string[]): Promise<ScanRun> {
  const { stdout } = await run(program, args, { maxBuffer: 1e8 })
  return v.parse(Result, JSON.parse(stdout))
}

/** Searches the folder for files that are newer than one that is newer than all. */
export function runFind(folder: string, scratch: string): number {
  const mark = join(scratch, 'mark')
  if (!existsSync(mark)) writeFileSync(mark, '')
  const begin = performance.now()
  const { status, stdout } = spawnSync('find', [folder, '-newer', mark], { encoding: 'utf8' })
  if (status !== 0 || stdout !== '') throw new Error('find failed, or the library has changed.')
  return performance.now() - begin
}

export const hasMpd = (): boolean => spawnSync('mpd', ['--version']).status === 0

/** Starts mpd without a database, which makes it read the whole folder, and waits for the end of that update. */
export async function runMpd(folder: string, scratch: string): Promise<ScanRun> {
  mkdirSync(scratch, { recursive: true })
  const socket = join(scratch, 'mpd.socket')
  const config = [
    `music_directory "${folder}"`,
    `db_file "${join(scratch, 'mpd.db')}"`,
    `log_file "${join(scratch, 'mpd.log')}"`,
    `bind_to_address "${socket}"`,
    'audio_output {\n  type "null"\n  name "none"\n}',
  ]
  writeFileSync(join(scratch, 'mpd.conf'), `${config.join('\n')}\n`)
  const begin = performance.now()
  const mpd = spawn('mpd', ['--no-daemon', join(scratch, 'mpd.conf')], { stdio: 'ignore' })
  try {
    while (!existsSync(socket)) {
      if (mpd.exitCode !== null) throw new Error('mpd did not start.')
      await delay(5)
    }
    // The update begins a little after the start.
    while ((await countMpdSongs(socket)) === 0 || /^updating_db:/m.test(await askMpd(socket, 'status')))
      await delay(20)
    return { milliseconds: performance.now() - begin, tracks: await countMpdSongs(socket) }
  } finally {
    const ended = once(mpd, 'exit')
    mpd.kill('SIGTERM')
    await ended
  }
}

const countMpdSongs = async (socket: string): Promise<number> =>
  Number(/^songs: (\d+)$/m.exec(await askMpd(socket, 'stats'))?.[1] ?? 0)

/** Sends one command to mpd and returns its response. */
async function askMpd(socket: string, command: string): Promise<string> {
  const connection = connect(socket)
  connection.write(`${command}\nclose\n`)
  let response = ''
  for await (const part of connection) response += String(part)
  return response
}
