import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { HostService } from '../../../electron/host/host-service.ts'
import { seededRandom } from '../../../scripts/seeded-random.ts'
import type { Track } from '../../../shared/library/track.ts'
import { makeTones } from '../../fixtures/make-libraries.ts'
import { scratchFolder, until } from '../scratch.ts'
import { tracksOfEvent } from '../tracks-of-event.ts'

const program = fileURLToPath(new URL('library-host.ts', import.meta.url))
const kills = 20
const songs = 600

/** Starts a host that scans, and kills it after this many milliseconds. Resolves with whether the scan had ended. */
async function scanAndKill(data: string, music: string, delay: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, data, music], { stdio: ['ignore', 'pipe', 'inherit'] })
  onTestFinished(() => void child.kill('SIGKILL'))
  let output = ''
  child.stdout.on('data', (text) => {
    output += text
  })
  await until(() => expect(output).toContain('begun'))
  await setTimeout(delay)
  const hasEnded = output.includes('done')
  child.kill('SIGKILL')
  await once(child, 'exit')
  return hasEnded
}

async function readLibrary(data: string, music: string): Promise<Track[]> {
  const service = new HostService({ data })
  onTestFinished(async () => void (await service.close()))
  await service.start({ kind: 'show' })
  const known = new Map<number, Track>()
  const failures: string[] = []
  let isScanned = false
  service.events.subscribe((event) => {
    for (const track of tracksOfEvent(event)) known.set(track.id, track)
    if (event.kind === 'scan') isScanned = event.progress.walked && !event.progress.running
    else if (event.kind === 'failure') failures.push(event.message)
  })
  await service.open(music)
  await until(() => expect(isScanned).toBe(true))
  expect(failures).toEqual([])
  await service.close()
  return [...known.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
}

test(`a scan that is killed at ${kills} random moments resumes to the same library`, async () => {
  const music = join(scratchFolder(), 'music')
  const made = makeTones(music, { count: songs, seconds: 0.05 })
  const data = scratchFolder()
  const random = seededRandom(12)
  let early = 0
  for (let kill = 0; kill < kills; kill++)
    if (!(await scanAndKill(data, music, random() * 40 * (1 + kill / 4)))) early++
  // Otherwise nothing was interrupted.
  expect(early).toBeGreaterThan(kills / 4)
  const resumed = await readLibrary(data, music)
  const fresh = await readLibrary(scratchFolder(), music)
  expect(resumed.map(({ path }) => path)).toEqual(made.map(({ path }) => path).sort())
  const comparable = (tracks: readonly Track[]) =>
    tracks.map(({ id, addedAt, cover, ...track }) => JSON.stringify(track))
  expect(comparable(resumed)).toEqual(comparable(fresh))
  expect(new Set(resumed.map(({ id }) => id)).size).toBe(songs)
}, 180_000)
