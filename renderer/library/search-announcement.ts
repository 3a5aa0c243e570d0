import { useEffect } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { useWindow } from '../store/window-store.ts'
import { formatNumber } from '../ui/utils/format.ts'

/** Milliseconds after the last key press until the number of matches is announced. */
const announcementDelay = 700

/** Announces the number of matches to screen readers when the user has stopped typing. */
export function useSearchAnnouncement(): void {
  const query = useWindow((state) => state.query)
  const rows = useWindow((state) => state.rows)
  useEffect(() => {
    if (query === '') return
    const announce = () =>
      useWindow.setState({
        announcement: m.library_tracks_found({ count: rows.length, number: formatNumber(rows.length) }),
      })
    const timer = setTimeout(announce, announcementDelay)
    return () => clearTimeout(timer)
  }, [query, rows])
}
