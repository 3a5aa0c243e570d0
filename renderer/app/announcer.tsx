import { Hidden } from '../ui/hidden.tsx'
import { useWindow } from './store.ts'

/** Says `announcement` to screen readers. */
export function Announcer() {
  const announcement = useWindow((state) => state.announcement)
  return (
    <div aria-live="polite">
      <Hidden>{announcement}</Hidden>
    </div>
  )
}
