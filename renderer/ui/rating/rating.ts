import { m } from '../../../shared/i18n/messages.js'
import { isolate } from '../../../shared/isolate-text.ts'
import { formatNumber } from '../utils/format.ts'

const maxRating = 5
const step = 0.5

/** Returns the rating of the half star at a share of the stars' width. */
export function ratingAtShare(share: number): number {
  return Math.min(maxRating, Math.max(step, Math.ceil(share * maxRating * 2) / 2))
}

/** Returns the rating after a key; undefined if the key does not rate. */
export function ratingAfterKey(rating: number, key: string): number | undefined {
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return Math.min(maxRating, rating + step)
    case 'ArrowLeft':
    case 'ArrowDown':
      return Math.max(0, rating - step)
    case 'Home':
    case 'Delete':
    case 'Backspace':
      return 0
    case 'End':
      return maxRating
    default:
      return /^[0-5]$/.test(key) ? Number(key) : undefined
  }
}

/** Returns a rating in words. */
export function ratingText(rating: number | undefined): string {
  return rating === undefined || rating === 0
    ? m.rating_none()
    : m.rating_value({ rating: formatNumber(rating) })
}

/** Returns the accessible name of a song's stars. */
export const ratingName = (title: string): string => m.rating_of({ title: isolate(title) })
