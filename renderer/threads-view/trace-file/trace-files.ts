import type { ProcessRecording } from '../model/process-recording.ts'
import type { ThreadsModel } from '../model/threads-model.ts'
import { saveFile } from './save-file.ts'
import { TaskYielder } from './task-yielder.ts'
import { analyseTrace } from './trace-analysis.ts'
import { traceText } from './trace-export.ts'
import { readTrace } from './trace-import.ts'

/** The minimum number of characters of one piece of the file. */
const minPieceLength = 2 ** 18

/** Saves the recordings of the processes that are shown. Returns the file's name. */
export async function exportTrace(model: ThreadsModel): Promise<string> {
  const recordings = model.recorded().map(({ recording }) => recording.clone())
  const latest = Math.max(0, ...recordings.map(({ to }) => to))
  const name = `skein-threads-${new Date(latest).toISOString().slice(0, 19).replaceAll(':', '-')}.json`
  saveFile(await traceBlob(recordings), name)
  return name
}

/** Returns the trace as a file. Writes it in short tasks. */
async function traceBlob(recordings: readonly ProcessRecording[]): Promise<Blob> {
  const yielder = new TaskYielder()
  const pieces: Blob[] = []
  let piece = ''
  for (const text of traceText(recordings)) {
    piece += text
    if (piece.length >= minPieceLength) {
      pieces.push(new Blob([piece]))
      piece = ''
    }
    if (yielder.isDue) await yielder.yieldTask()
  }
  return new Blob([...pieces, piece], { type: 'application/json' })
}

/** Shows a trace file instead of the live processes. Rejects with one sentence if it cannot be read. */
export async function openTrace(model: ThreadsModel, file: File): Promise<void> {
  const processes = await readTrace(file)
  await analyseTrace(processes)
  model.showTrace(file.name, processes)
}
