import { useEffect, useState } from 'react'
import type { HostApi } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { subscribeToHostViews } from '../session/host-process-views.ts'
import type { ThreadsModel } from '../threads-view/model/threads-model.ts'

/** Each call to the host waits for the one before, so that the last one decides. */
let pendingCalls: Promise<void> = Promise.resolve()

function setWatching(host: HostApi, on: boolean): Promise<void> {
  const call = pendingCalls.then(() => host.watchThreads(on))
  pendingCalls = call.catch(() => {})
  return call
}

/** Brings the host's threads into the model while mounted. Returns one sentence when that fails. */
export function useHostThreads(host: HostApi, model: ThreadsModel): string | undefined {
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const end = subscribeToHostViews((view) => model.accept(view))
    setWatching(host, true).then(
      () => setFailure(undefined),
      (error: Error) => setFailure(m.shell_host_threads_failed({ error: error.message })),
    )
    return () => {
      end()
      // A host that is gone has nothing to turn off.
      setWatching(host, false).catch(() => {})
    }
  }, [host, model])
  return failure
}
