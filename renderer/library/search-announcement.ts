import { useEffect } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { useWindow } from '../store/window-store.ts'
import { formatNumber } from '../ui/utils/format.ts'

/** Milliseconds after the last key press until the number of matches is announced. */
const announcementDelay = 700

/** Announces the number of matches to screen readers when the user has stopped typing. */
export function useSearchAnnouncement(): void {
  const query = useWindow((state) => state.query)
  const count = useWindow((state) => state.shownList.summary?.trackCount ?? 0)
  useEffect(() => {
    if (query === '') return
    const announce = () =>
      useWindow.setState({
        announcement: m.library_tracks_found({ count, number: formatNumber(count) }),
      })
    const timer = setTimeout(announce, announcementDelay)
    return () => clearTimeout(timer)
  }, [query, count])
}
