import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ensureLargeLibrary } from '../fixtures/large-library/make-large-library.ts'
import {
  hasMpd,
  hasMutagen,
  runColdScan,
  runFind,
  runMpd,
  runMusicMetadata,
  runMutagen,
  runRescans,
  type ScanRun,
} from './library/scan-runs.ts'
import { plannedTracks, runSearches } from './library/search-run.ts'
import {
  type LibraryWindow,
  longestFrame,
  pageMemory,
  searchRepeatedly,
  switchViews,
  typeWords,
  withWindow,
} from './library/window-runs.ts'
import { type BenchmarkOptions, type Measurement, median, percentile } from './support/measurement.ts'

const scanRounds = 3
const rescanRounds = 5
const startRounds = 5
const queries = ['river', 'the ', 'ночь', 'cœur 12', 'granite sparrow', 'jazz', '1987', 'harbour']

/** A library of 100,000 tracks, or as many as requested, in Skein and in its peers. */
export async function measureLibrary({
  tracks = 100_000,
}: BenchmarkOptions = {}): Promise<readonly Measurement[]> {
  console.error(`Making the library of ${tracks} tracks, if it is not there yet …`)
  const folder = ensureLargeLibrary(tracks)
  const scratch = mkdtempSync(join(tmpdir(), 'skein-bench-'))
  try {
    readEverything(folder)
    return [
      ...(await measureScans(folder, scratch, tracks)),
      ...(await measureRescan(folder, scratch)),
      ...(await measureWindow(folder, scratch, tracks)),
      measureSearch(tracks),
    ]
  } finally {
    rmSync(scratch, { recursive: true, force: true })
  }
}

/** Fills the file cache. */
function readEverything(folder: string): void {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true }))
    if (entry.isFile()) readFileSync(join(entry.parentPath, entry.name))
}

/** The data folder of the last scan, with a database that knows the library. */
const dataFolderOf = (scratch: string): string => join(scratch, 'data')

interface ScanPeer {
  readonly name: string
  readonly minRatio: number
  run(round: number): Promise<ScanRun>
}

/** Those that are installed. */
function scanPeers(folder: string, scratch: string): readonly ScanPeer[] {
  return [
    { name: 'library-scan-metadata', minRatio: 1.8, run: () => runMusicMetadata(folder) },
    ...(hasMutagen() ? [{ name: 'library-scan-mutagen', minRatio: 1.5, run: () => runMutagen(folder) }] : []),
    ...(hasMpd()
      ? [
          {
            name: 'library-scan-mpd',
            minRatio: 1,
            run: (round: number) => runMpd(folder, join(scratch, `mpd-${round}`)),
          },
        ]
      : []),
  ]
}

async function measureScans(folder: string, scratch: string, tracks: number): Promise<Measurement[]> {
  const peers = scanPeers(folder, scratch)
  const own: number[] = []
  const times = new Map(peers.map(({ name }): [string, number[]] => [name, []]))
  for (let round = 0; round < scanRounds; round++) {
    const dataFolder = dataFolderOf(scratch)
    rmSync(dataFolder, { recursive: true, force: true })
    own.push(timeOf('Skein', await runColdScan(folder, dataFolder), tracks))
    for (const { name, run } of peers) times.get(name)?.push(timeOf(name, await run(round), tracks))
  }
  const value = median(own)
  return peers.map(({ name, minRatio }) => {
    const peer = median(times.get(name) ?? [])
    const ratio = peer / value
    return { name, value, peer, unit: 'ms', ratio, aim: `peer / value ≥ ${minRatio}`, met: ratio >= minRatio }
  })
}

/** The comparison is fair only if all read the same files. */
function timeOf(name: string, { milliseconds, tracks }: ScanRun, expected: number): number {
  if (tracks !== expected) throw new Error(`${name} found ${tracks} of ${expected} tracks.`)
  return milliseconds
}

async function measureRescan(folder: string, scratch: string): Promise<Measurement[]> {
  const { milliseconds, memory } = await runRescans(folder, dataFolderOf(scratch), rescanRounds)
  const value = median(milliseconds)
  const peer = median(Array.from({ length: rescanRounds }, () => runFind(folder, scratch)))
  const ratio = value / peer
  return [
    { name: 'library-rescan', value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 2', met: ratio <= 2 },
    limit('library-host-memory', memory, 300, 'MB'),
  ]
}

async function measureWindow(folder: string, scratch: string, tracks: number): Promise<Measurement[]> {
  const library = { folder, dataFolder: dataFolderOf(scratch), tracks }
  const empty = { folder: join(scratch, 'empty'), dataFolder: join(scratch, 'empty-data'), tracks: 0 }
  await mkdir(empty.folder)
  const starts: number[] = []
  const emptyStarts: number[] = []
  let views: ReadonlyMap<string, number> = new Map()
  for (let round = 0; round <= startRounds; round++) {
    const start = await withWindow(library, async ({ startTime }) => startTime)
    const emptyStart = await withWindow(empty, async (window) => {
      views = await switchViews(window)
      return window.startTime
    })
    // The first round fills the file cache, and gives the empty library its database.
    if (round === 0) continue
    starts.push(start)
    emptyStarts.push(emptyStart)
  }
  const [value, peer] = [median(starts), median(emptyStarts)]
  const ratio = value / peer
  return [
    { name: 'library-start', value, peer, unit: 'ms', ratio, aim: 'value / peer ≤ 1.5', met: ratio <= 1.5 },
    ...(await withWindow(library, (window) => measureUse(window, tracks, Math.max(...views.values())))),
  ]
}

async function measureUse(window: LibraryWindow, tracks: number, emptyView: number): Promise<Measurement[]> {
  await window.page.bringToFront()
  const keys = await typeWords(window, queries)
  const { includes } = runSearches(plannedTracks(tracks), queries)
  const keystroke = percentile(keys, 0.95)
  const idle = await longestFrame(window, { milliseconds: 3_000, scroll: false })
  const scrolling = await longestFrame(window, { milliseconds: 10_000, scroll: true })
  const views = await switchViews(window)
  console.error(`Views: ${[...views].map(([name, time]) => `${name} ${time.toFixed(0)} ms`).join(', ')}`)
  await searchRepeatedly(window, queries, 100)
  const before = await pageMemory(window)
  await searchRepeatedly(window, queries, 1_000)
  const after = await pageMemory(window)
  return [
    limit('library-keystroke', keystroke, 16, 'ms', percentile(includes, 0.95)),
    limit('library-scroll', scrolling, 50, 'ms', idle),
    limit('library-views', Math.max(...views.values()), 100, 'ms', emptyView),
    limit('library-window-memory', after, 250, 'MB', before),
    {
      name: 'library-search-memory',
      value: after,
      peer: before,
      unit: 'MB',
      ratio: after / before,
      aim: 'value / peer ≤ 1.1',
      met: after / before <= 1.1,
    },
  ]
}

function measureSearch(tracks: number): Measurement {
  const { skein, includes } = runSearches(plannedTracks(tracks), queries)
  const [value, peer] = [median(skein), median(includes)]
  const ratio = peer / value
  return { name: 'library-search', value, peer, unit: 'ms', ratio, aim: 'peer / value ≥ 5', met: ratio >= 5 }
}

/** A value whose aim is a number of its own; without a peer, the ratio is that to the aim. */
function limit(name: string, value: number, max: number, unit: string, peer = max): Measurement {
  return { name, value, peer, unit, ratio: value / peer, aim: `value < ${max} ${unit}`, met: value < max }
}
