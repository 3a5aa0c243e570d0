import { useHost } from '../host/host-context.ts'
import { rateCurrentSong } from '../session/actions.ts'
import { useCurrentTrack } from '../store/current-track.ts'
import { ratingName } from '../ui/rating/rating.ts'
import { RatingStars } from '../ui/rating/rating-stars.tsx'
import styles from './player-bar.module.css'

/** The rating of the current song. A narrow window has no room for it: there the keys 0 to 5 rate. */
export function CurrentRating() {
  const host = useHost()
  const track = useCurrentTrack()
  if (!track) return null
  return (
    <RatingStars
      name={ratingName(track.title)}
      rating={track.rating}
      onRate={(rating) => rateCurrentSong(host, rating)}
      className={styles.rating}
    />
  )
}
