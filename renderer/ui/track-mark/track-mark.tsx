import { Ban, TriangleAlert } from 'lucide-react'
import type { Track } from '../../../shared/library/track.ts'
import { hintAttributes } from '../hint.ts'
import { VisuallyHidden } from '../visually-hidden.tsx'
import styles from './track-mark.module.css'

/** The mark of a song that cannot be played or whose file is unusual. Its tooltip and its accessible text say why. */
export function TrackMark({ track }: { readonly track: Track }) {
  if (track.warnings.length === 0) return null
  const text = track.warnings.join(' ')
  const Icon = track.isPlayable ? TriangleAlert : Ban
  return (
    <span className={styles.mark} {...hintAttributes(text)}>
      <Icon aria-hidden="true" />
      <VisuallyHidden>{text}</VisuallyHidden>
    </span>
  )
}
