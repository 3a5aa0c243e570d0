import type { SongAnalysis } from './song-analysis.ts'

type Scan = Pick<SongAnalysis, 'startScan' | 'pauseScan' | 'stopScan'>

let scan: Scan | undefined

/** Connects the components to what scans the library's loudness. */
export function setLoudnessScan(next: Scan): void {
  scan = next
}

/** Begins to measure every track of the library, or continues. */
export const startLoudnessScan = (): void => scan?.startScan()

export const pauseLoudnessScan = (): void => scan?.pauseScan()

export const stopLoudnessScan = (): void => scan?.stopScan()
