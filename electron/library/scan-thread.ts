import { statSync } from 'node:fs'
import { defineTargets, type Queue, type SharedMemory, ShutDown } from '@skein/threading'
import { selectLocale } from '../../shared/locale.ts'
import { toSystemPath } from '../platform/system-path.ts'
import { listDirectory } from './listing/list-directory.ts'
import { ReaderBoard } from './readers/reader-board.ts'
import {
  type BatchResult,
  externalRun,
  type FileBatch,
  type FileRequest,
  packResults,
  type ReadResult,
  type TrackRequest,
} from './readers/scan-messages.ts'
import { fileVersion, isSameVersion } from './tags/file-version.ts'

/**
 * A scan thread: reads batch after batch of files until `files` is shut down. `row` is its entry on the board, `locale`
 * the language of the reasons why a file cannot be read.
 */
export async function scan(
  files: Queue<FileBatch>,
  found: Queue<BatchResult>,
  memory: SharedMemory,
  row: number,
  locale: string,
): Promise<void> {
  selectLocale([locale])
  const board = new ReaderBoard(memory)
  const read = await makeFileReader()
  try {
    for (;;) {
      const batch = files.get()
      const results = await readBatch(batch, read, board, row)
      // A thread that waits for room in the queue reads nothing: it has no deadline.
      board.release(row)
      if (results !== undefined)
        found.put({ run: batch.run, batch: batch.batch, results: packResults(batch.files, results) })
    }
  } catch (error) {
    if (!(error instanceof ShutDown)) throw error
  }
}

type FileReader = (request: FileRequest) => Promise<ReadResult>

/** Loads the parsers. `main` imports this module for its target and does not need them. */
async function makeFileReader(): Promise<FileReader> {
  const { makeTrackReader } = await import('./tracks/read-track.ts')
  const { readCover } = await import('./tracks/read-cover.ts')
  const { readDetails } = await import('./tracks/read-details.ts')
  const { makeThumbnails } = await import('./thumbnails/make-thumbnails.ts')
  const readTrack = makeTrackReader()
  return async (request) => {
    switch (request.kind) {
      case 'track':
        return hasKnownVersion(request)
          ? { isUnchanged: true }
          : await readTrack(request.file, request.picture)
      case 'cover':
        return { picture: await readCover(request.file, request.location) }
      case 'details':
        return await readDetails(request.file)
      case 'thumbnails': {
        const picture = await readCover(request.file, request.location)
        return { thumbnails: picture && makeThumbnails(picture) }
      }
      case 'directory':
        return listDirectory(request.file, request.known)
    }
  }
}

function hasKnownVersion({ file, known }: TrackRequest): boolean {
  if (known === undefined) return false
  try {
    const stats = statSync(toSystemPath(file), { bigint: true })
    return stats.isFile() && isSameVersion(fileVersion(stats), known)
  } catch {
    // The reader reports the reason.
    return false
  }
}

/** Returns undefined if the scan was stopped meanwhile. */
async function readBatch(
  { run, batch, files }: FileBatch,
  read: FileReader,
  board: ReaderBoard,
  row: number,
): Promise<ReadResult[] | undefined> {
  const results: ReadResult[] = []
  for (const [index, request] of files.entries()) {
    if (run !== externalRun && board.run !== run) return undefined
    if (board.isRevoked(row, batch)) return results
    board.claim(row, { batch, index })
    results.push(await read(request))
  }
  return results
}

defineTargets({ scan })
