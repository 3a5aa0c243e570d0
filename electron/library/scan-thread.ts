import { defineTargets, type Queue, type SharedMemory, ShutDown } from '@skein/threading'
import { ScanBoard } from './scan-board.ts'
import { type BatchResult, externalRun, type FileBatch } from './scan-messages.ts'
import type { TrackReader, TrackReadResult } from './tags/read-track.ts'

/** A scan thread: reads batch after batch of files until `files` is shut down. `seat` is its place on the board. */
export async function scan(
  files: Queue<FileBatch>,
  found: Queue<BatchResult>,
  memory: SharedMemory,
  seat: number,
): Promise<void> {
  const board = new ScanBoard(memory)
  // Loaded here, because main names this target and has no use for the parsers.
  const { makeTrackReader } = await import('./tags/read-track.ts')
  const read = makeTrackReader()
  try {
    for (;;) {
      const batch = files.get()
      const results = await readBatch(batch, read, board, seat)
      if (results !== undefined) found.put({ run: batch.run, batch: batch.batch, results })
      board.release(seat)
    }
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

/** Undefined when the scan that asked for it was stopped meanwhile. */
async function readBatch(
  { run, batch, files }: FileBatch,
  read: TrackReader,
  board: ScanBoard,
  seat: number,
): Promise<TrackReadResult[] | undefined> {
  const results: TrackReadResult[] = []
  for (const [index, { file, picture }] of files.entries()) {
    if (run !== externalRun && board.run !== run) return undefined
    board.claim(seat, { batch, index })
    results.push(await read(file, picture))
  }
  return results
}

defineTargets({ scan })
