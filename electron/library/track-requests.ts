import type { Batch } from './batch-queue.ts'
import type { FileRequest, ReadResult } from './readers/scan-messages.ts'
import type { TrackReadResult } from './tracks/read-track.ts'
import type { FoundFile } from './walk.ts'

/** Receives files that were read, with a result for each. */
export type TrackListener = (files: readonly FoundFile[], results: readonly TrackReadResult[]) => void

/** Returns the requests for the tags of files. `onResults` receives the files themselves. */
export function requestTracks(
  files: readonly FoundFile[],
  onResults: TrackListener,
): Pick<Batch, 'files' | 'onResults'> {
  const requests = files.map(requestTrack)
  const foundByRequest = new Map(requests.map((request, index) => [request, files[index] as FoundFile]))
  return {
    files: requests,
    onResults: (read, results) =>
      onResults(
        read.flatMap((request) => foundByRequest.get(request) ?? []),
        results.filter(isTrackResult),
      ),
  }
}

function requestTrack({ file, picture }: FoundFile): FileRequest {
  return picture === undefined ? { kind: 'track', file } : { kind: 'track', file, picture }
}

const isTrackResult = (result: ReadResult): result is TrackReadResult =>
  'tags' in result || 'reason' in result
