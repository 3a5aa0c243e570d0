import { measureClicks } from './sound/click-rows.ts'
import { measureHeardJoin, measureJoins } from './sound/join-rows.ts'
import { measureCost, measureGaps, measureMemory } from './sound/load-rows.ts'
import { hasPulseAudio } from './sound/pulse-sink.ts'
import type { BenchmarkOptions, Measurement } from './support/measurement.ts'

/** Seconds under load. */
const defaultSeconds = 600
const defaultSongs = 1000

/**
 * How songs join, how fast a click is heard, and what playing costs. What is heard outside of the browser is measured with
 * PulseAudio, where it is installed.
 */
export async function measureSound({
  part,
  seconds = defaultSeconds,
  tracks = defaultSongs,
}: BenchmarkOptions): Promise<readonly Measurement[]> {
  const isHeard = hasPulseAudio()
  if (!isHeard) console.error('PulseAudio is not installed: only what the page plays is measured.')
  const parts: Readonly<Record<string, () => Promise<readonly Measurement[]>>> = {
    joins: measureJoins,
    ...(isHeard ? { heard: measureHeardJoin, clicks: measureClicks, gaps: () => measureGaps(seconds) } : {}),
    cost: measureCost,
    memory: () => measureMemory(tracks),
  }
  const chosen = Object.entries(parts).filter(([name]) => part === undefined || name === part)
  if (chosen.length === 0) throw new Error(`sound has no part "${part}".`)
  const measurements: Measurement[] = []
  for (const [, measure] of chosen) measurements.push(...(await measure()))
  return measurements
}
