import { useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import type { ThreadsModel } from '../model/threads-model.ts'
import { formatThreadDump } from '../trace-file/thread-dump.ts'
import { exportTrace, openTrace } from '../trace-file/trace-files.ts'

/** The actions of the recorder, and the message of the last one. */
export interface RecorderActions {
  readonly message: string
  readonly isBusy: boolean
  readonly exportTrace: () => void
  readonly openTrace: (file: File) => void
  readonly copyDump: () => void
  readonly clearMessage: () => void
}

export function useRecorderActions(model: ThreadsModel): RecorderActions {
  const [message, setMessage] = useState('')
  const [isBusy, setIsBusy] = useState(false)

  /** Runs an action and shows its message or that of its error. */
  const perform = (action: () => Promise<string>): void => {
    setIsBusy(true)
    setMessage('')
    action()
      .catch((error: unknown) => (error instanceof Error ? error.message : String(error)))
      .then((result) => {
        setMessage(result)
        setIsBusy(false)
      })
  }

  return {
    message,
    isBusy,
    exportTrace: () => perform(async () => m.threads_trace_saved({ name: await exportTrace(model) })),
    openTrace: (file) => perform(() => openTrace(model, file).then(() => '')),
    copyDump: () => perform(() => copyText(formatThreadDump(model.scene()))),
    clearMessage: () => setMessage(''),
  }
}

async function copyText(text: string): Promise<string> {
  try {
    await navigator.clipboard.writeText(text)
    return m.threads_dump_copied()
  } catch {
    throw new Error(m.threads_dump_copy_failed())
  }
}
