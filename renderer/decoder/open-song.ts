import type { AudioStream } from '../../shared/sound/audio-stream.ts'
import { openFetchSource } from '../decoding/fetch-source.ts'
import { openAudioStream } from '../decoding/open-audio-stream.ts'

export async function openSong(url: string, path: string): Promise<AudioStream> {
  return await openAudioStream(await openFetchSource(url), path)
}
