import { defineTargets } from '@skein/threading'
import type { PlayerChannels } from './player-channels.ts'

/**
 * The thread `decoder`: decodes songs into the ring `pcm`. Its code is loaded when the thread starts: the other threads
 * do not need it.
 */
export async function decoder({ decoding, decoded, pcm, segments }: PlayerChannels): Promise<void> {
  const { decodeUntilShutdown } = await import('../decoder/decoding-loop.ts')
  await decodeUntilShutdown({ decoding, decoded, pcm, segments })
}
defineTargets({ decoder })
