import type { PlayerState } from '../../shared/player/messages.ts'
import type { AudioSink } from '../audio/audio-sink.ts'

/** Milliseconds that the picture of a new song waits for its sound at the most. */
const soundTimeout = 50

/** Whether `player` starts another song than the one of run `shown`. */
export function isStartingSong({ run, transport }: PlayerState, shown: number): boolean {
  return run !== shown && (transport === 'loading' || transport === 'playing')
}

/**
 * Resolves when the sound output tells how the start of a song went, or after a moment at most. Drawing the new song takes the
 * thread that starts its sound for several milliseconds, so the sound comes first.
 */
export async function waitForSound(sink: AudioSink): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(() => done(), soundTimeout)
    const forget = sink.onReport(({ kind }) => {
      if (kind !== 'loaded' && kind !== 'stalled') done()
    })
    const done = () => {
      clearTimeout(timer)
      forget()
      resolve()
    }
  })
}
