import { useEffect, useState } from 'react'
import type { HostApi } from '../../shared/host-api.ts'
import { m } from '../../shared/i18n/messages.js'
import { isolate } from '../../shared/isolate-text.ts'
import { subscribeToHostViews } from '../session/host-process-views.ts'
import type { ThreadsModel } from '../threads-view/model/threads-model.ts'

/** Each call to the host waits for the previous one, so that the last one determines the state. */
let pendingCalls: Promise<void> = Promise.resolve()

function setWatching(host: HostApi, isOn: boolean): Promise<void> {
  const call = pendingCalls.then(() => host.watchThreads(isOn))
  pendingCalls = call.catch(() => {})
  return call
}

/** Adds the host's threads to the model while mounted. Returns one sentence if that fails. */
export function useHostThreads(host: HostApi, model: ThreadsModel): string | undefined {
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const unsubscribe = subscribeToHostViews((view) => model.accept(view))
    setWatching(host, true).then(
      () => setFailure(undefined),
      (error: Error) => setFailure(m.shell_host_threads_failed({ error: isolate(error.message) })),
    )
    return () => {
      unsubscribe()
      // After the host's end there is nothing to turn off.
      setWatching(host, false).catch(() => {})
    }
  }, [host, model])
  return failure
}
