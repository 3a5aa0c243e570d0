import { useEffect, useState } from 'react'
import type { HostApi } from '../../shared/host-api.ts'
import type { ThreadsModel } from './threads-model.ts'

/** Brings the host's threads into the model while mounted. Answers why that cannot be, as one sentence. */
export function useHostThreads(host: HostApi, model: ThreadsModel): string | undefined {
  const [failure, setFailure] = useState<string>()
  useEffect(() => {
    const end = host.subscribe((event) => {
      if (event.kind === 'threads') model.accept(event.view)
    })
    host.watchThreads(true).then(
      () => setFailure(undefined),
      (error: Error) => setFailure(`The host's threads cannot be shown: ${error.message}`),
    )
    return () => {
      end()
      // A host that is gone has nothing left to turn off.
      host.watchThreads(false).catch(() => {})
    }
  }, [host, model])
  return failure
}
