import { useEffect, useState } from 'react'
import { errorMessage } from '../../../shared/error-message.ts'
import type { TrackId } from '../../../shared/library/track.ts'
import type { TrackDetails } from '../../../shared/library/track-details.ts'
import { useHost } from '../../host/host-context.ts'

/** What the host has replied. Both are undefined while it reads the file. */
export interface DetailsState {
  readonly details?: TrackDetails
  /** One sentence: why the file cannot be read. */
  readonly failure?: string
}

/** Returns the details of a track, which are read each time that the dialog opens. */
export function useTrackDetails(track: TrackId | undefined): DetailsState {
  const host = useHost()
  const [state, setState] = useState<DetailsState>({})
  useEffect(() => {
    let isUnmounted = false
    const show = (next: DetailsState) => {
      if (!isUnmounted) setState(next)
    }
    show({})
    if (track !== undefined)
      host.trackDetails(track).then(
        (details) => show({ details }),
        (error: unknown) => show({ failure: errorMessage(error) }),
      )
    return () => {
      isUnmounted = true
    }
  }, [host, track])
  return state
}
