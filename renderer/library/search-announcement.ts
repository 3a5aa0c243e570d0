import { useEffect } from 'react'
import { useWindow } from '../app/store.ts'
import { counted } from '../ui/format.ts'

/** How long the typing must rest before the number of matches is said, in milliseconds. */
const rest = 700

/** Says how many tracks match when a search has come to rest. */
export function useSearchAnnouncement(): void {
  const query = useWindow((state) => state.query)
  const rows = useWindow((state) => state.rows)
  useEffect(() => {
    if (query === '') return
    const say = () => useWindow.setState({ announcement: `${counted(rows.length, 'track')} found` })
    const timer = setTimeout(say, rest)
    return () => clearTimeout(timer)
  }, [query, rows])
}
