import { m } from '../../../shared/i18n/messages.js'

/** Returns the sentence for the user why a codec cannot be played; undefined if it can be. */
export function unplayableWarning(
  { isPlayable, isProtected = false }: { readonly isPlayable: boolean; readonly isProtected?: boolean },
  codec: string,
): string | undefined {
  if (isProtected) return m.host_file_protected()
  return isPlayable ? undefined : m.host_codec_unplayable({ codec })
}
