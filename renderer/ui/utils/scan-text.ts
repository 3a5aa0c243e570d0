import type { ScanProgress } from '../../../shared/host-api.ts'
import { m } from '../../../shared/i18n/messages.js'
import { formatDuration, formatNumber } from './format.ts'

/** Returns how far the scan is; then its speed and the time left, as far as they are known. */
export function scanProgressText(progress: ScanProgress): string {
  const { walked, found, read, unreadable, paused, speed = 0, secondsLeft } = progress
  const counts = { done: formatNumber(read + unreadable), found: formatNumber(found) }
  const parts = [walked ? m.library_scan_read(counts) : m.library_scan_found(counts)]
  const perSecond = Math.round(speed)
  if (paused) parts.push(m.library_scan_paused())
  else {
    if (perSecond > 0) parts.push(m.library_scan_speed({ number: formatNumber(perSecond) }))
    if (secondsLeft !== undefined)
      parts.push(m.library_scan_time_left({ time: formatDuration(Math.ceil(secondsLeft)) }))
  }
  return parts.join(' · ')
}
