import { Ban, TriangleAlert, Unplug } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import type { Track, UnavailableReason } from '../../../shared/library/track.ts'
import { hintAttributes } from '../hint.ts'
import { VisuallyHidden } from '../visually-hidden.tsx'
import styles from './track-mark.module.css'

const unavailableTexts: Readonly<Record<UnavailableReason, () => string>> = {
  folderMissing: m.library_unavailable_folder,
  fileMissing: m.library_unavailable_file,
}

/** The mark of a song that cannot be played now or at all, or whose file is unusual. Its tooltip and its accessible text say why. */
export function TrackMark({ track }: { readonly track: Track }) {
  const { unavailable } = track
  const reasons = unavailable === undefined ? [] : [unavailableTexts[unavailable]()]
  if (reasons.length + track.warnings.length === 0) return null
  const text = [...reasons, ...track.warnings].join(' ')
  const Icon = unavailable === undefined ? (track.isPlayable ? TriangleAlert : Ban) : Unplug
  return (
    <span className={styles.mark} {...hintAttributes(text)}>
      <Icon aria-hidden="true" />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  )
}
