import type { HostApi } from '../../shared/host-api.ts'
import type { CountedPlay } from '../../shared/player/messages.ts'
import { attempt } from './actions.ts'

/** Returns a function that sends each play to the host once: a thread that replaces `playback` repeats the last one. */
export function playRecorder(host: Pick<HostApi, 'recordPlay'>): (play: CountedPlay) => void {
  let lastNumber = 0
  return ({ number, track }) => {
    if (number <= lastNumber) return
    lastNumber = number
    void attempt(host.recordPlay(track))
  }
}
