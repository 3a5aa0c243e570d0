import { m } from '../../../shared/i18n/messages.js'

/** Returns the sentence for the user why a codec cannot be played; undefined if it can be. */
export function unplayableWarning(
  { isPlayable, isProtected = false }: { readonly isPlayable: boolean; readonly isProtected?: boolean },
  codec: string,
): string | undefined {
  if (isProtected) return m.host_file_protected()
  if (isPlayable) return undefined
  // Some kinds of PCM can be played.
  return codec === 'PCM' ? m.host_pcm_unplayable() : m.host_codec_unplayable({ codec })
}
