import { useEffect, useState } from 'react'
import type { HostApi } from '../../shared/host-api.ts'
import { onHostView } from './host-views.ts'
import type { ThreadsModel } from './threads-model.ts'

/** Calls to the host take a while: each waits for the one before, so that the last one counts. */
let calls: Promise<void> = Promise.resolve()

function watch(host: HostApi, on: boolean): Promise<void> {
  const call = calls.then(() => host.watchThreads(on))
  calls = call.catch(() => {})
  return call
}

/** Brings the host's threads into the model while mounted. Answers why that cannot be, as one sentence. */
export function useHostThreads(host: HostApi, model: ThreadsModel): string | undefined {
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const end = onHostView((view) => model.accept(view))
    watch(host, true).then(
      () => setFailure(undefined),
      (error: Error) => setFailure(`The host's threads cannot be shown: ${error.message}`),
    )
    return () => {
      end()
      // A host that is gone has nothing left to turn off.
      watch(host, false).catch(() => {})
    }
  }, [host, model])
  return failure
}
