import { type KeyboardEvent, type PointerEvent, useState } from 'react'
import { classes } from '../utils/classes.ts'
import { ratingAfterKey, ratingAtShare, ratingText } from './rating.ts'
import styles from './rating-stars.module.css'

interface RatingStarsProps {
  /** The accessible name. */
  readonly name: string
  /** 0.5 … 5 in halves; undefined without a rating. */
  readonly rating: number | undefined
  /** Receives 0 if the rating is to be removed. */
  readonly onRate: (rating: number) => void
  /** -1 in rows whose keys rate as well. */
  readonly tabIndex?: 0 | -1
  readonly className?: string | undefined
}

/** Five stars that show a rating and change it, by the pointer in halves, by arrow keys, and by the keys 0 to 5. */
export function RatingStars({ name, rating = 0, onRate, tabIndex = 0, className }: RatingStarsProps) {
  const [hovered, setHovered] = useState<number>()
  const shown = hovered ?? rating
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const next = ratingAfterKey(rating, event.key)
    if (next === undefined) return
    event.preventDefault()
    event.stopPropagation()
    if (next !== rating) onRate(next)
  }
  return (
    <div
      className={classes(styles.stars, className)}
      role="slider"
      dir="ltr"
      aria-label={name}
      aria-valuemin={0}
      aria-valuemax={5}
      aria-valuenow={rating}
      aria-valuetext={ratingText(rating)}
      data-rating
      tabIndex={tabIndex}
      style={{ '--filled': `${shown * 20}%` }}
      onKeyDown={onKeyDown}
      onPointerMove={(event) => setHovered(ratingUnder(event))}
      onPointerLeave={() => setHovered(undefined)}
      onClick={(event) => {
        event.stopPropagation()
        const pressed = ratingUnder(event)
        // A second click on the same half removes the rating.
        onRate(pressed === rating ? 0 : pressed)
        setHovered(undefined)
      }}
      onDoubleClick={(event) => event.stopPropagation()}
    />
  )
}

function ratingUnder({ currentTarget, clientX }: Pick<PointerEvent, 'currentTarget' | 'clientX'>): number {
  const { left, width } = currentTarget.getBoundingClientRect()
  return ratingAtShare((clientX - left) / width)
}
