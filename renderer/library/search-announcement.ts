import { useEffect } from 'react'
import { useWindow } from '../store/window-store.ts'
import { formatCount } from '../ui/utils/format.ts'

/** How long the typing must rest before the number of matches is said, in milliseconds. */
const announcementDelay = 700

/** Says how many tracks match when a search has come to rest. */
export function useSearchAnnouncement(): void {
  const query = useWindow((state) => state.query)
  const rows = useWindow((state) => state.rows)
  useEffect(() => {
    if (query === '') return
    const say = () => useWindow.setState({ announcement: `${formatCount(rows.length, 'track')} found` })
    const timer = setTimeout(say, announcementDelay)
    return () => clearTimeout(timer)
  }, [query, rows])
}
