import { useEffect } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { useWindow } from '../store/window-store.ts'
import { formatNumber } from '../ui/utils/format.ts'

/** How long the typing must rest before the number of matches is said, in milliseconds. */
const announcementDelay = 700

/** Says how many tracks match when a search has come to rest. */
export function useSearchAnnouncement(): void {
  const query = useWindow((state) => state.query)
  const rows = useWindow((state) => state.rows)
  useEffect(() => {
    if (query === '') return
    const say = () =>
      useWindow.setState({
        announcement: m.library_tracks_found({ count: rows.length, number: formatNumber(rows.length) }),
      })
    const timer = setTimeout(say, announcementDelay)
    return () => clearTimeout(timer)
  }, [query, rows])
}
