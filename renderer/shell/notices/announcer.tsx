import { useWindow } from '../../store/window-store.ts'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'

/** Announces `announcement` to screen readers. */
export function Announcer() {
  const announcement = useWindow((state) => state.announcement)
  return (
    <div aria-live="polite">
      <VisuallyHidden>{announcement}</VisuallyHidden>
    </div>
  )
}
