import type { PlayerState } from '../../shared/player/messages.ts'
import type { AudioSink } from '../audio/audio-sink.ts'

/** The maximum number of milliseconds for which the picture of a new song waits for its sound. */
const soundTimeout = 50

/** Returns whether `player` starts another song than that of run `shown`. */
export function isStartingSong({ run, transport }: PlayerState, shown: number): boolean {
  return run !== shown && (transport === 'loading' || transport === 'playing')
}

/**
 * Resolves when the sound output reports whether the song has started, at the latest after `soundTimeout`.
 * Drawing the new song occupies the thread that starts its sound for several milliseconds, so the sound comes
 * first.
 */
export async function waitForSound(sink: AudioSink): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => done(), soundTimeout)
    const unsubscribe = sink.onReport(({ kind }) => {
      if (kind !== 'loaded' && kind !== 'stalled') done()
    })
    const done = () => {
      clearTimeout(timer)
      unsubscribe()
      resolve()
    }
  })
}
