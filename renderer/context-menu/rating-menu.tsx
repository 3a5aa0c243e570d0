import { ChevronRight, Star } from 'lucide-react'
import { Menu, MenuItem, Popover, SubmenuTrigger } from 'react-aria-components'
import { m } from '../../shared/i18n/messages.js'
import { useHost } from '../host/host-context.ts'
import { rateTracks } from '../session/actions.ts'
import { tracksOf } from '../session/item-actions.ts'
import type { MenuTarget } from '../store/menu-request.ts'
import { ratingText } from '../ui/rating/rating.ts'
import styles from './context-menu.module.css'

/** The ratings that the menu offers; 0 removes the rating. */
const ratings = [5, 4.5, 4, 3.5, 3, 2.5, 2, 1.5, 1, 0.5, 0]

/** Rates the tracks of the items. */
export function RatingMenu({ target }: { readonly target: MenuTarget }) {
  const host = useHost()
  const rate = async (rating: number) => {
    const tracks = await tracksOf(target)
    await rateTracks(host, [...tracks], rating)
  }
  return (
    <SubmenuTrigger>
      <MenuItem className={styles.item ?? ''} textValue={m.library_column_rating()}>
        <Star className={styles.icon} aria-hidden="true" />
        <span className={styles.name}>{m.library_column_rating()}</span>
        <ChevronRight className={styles.icon} aria-hidden="true" />
      </MenuItem>
      <Popover className={styles.popover ?? ''}>
        <Menu className={styles.menu ?? ''} aria-label={m.library_column_rating()}>
          {ratings.map((rating) => (
            <MenuItem
              key={rating}
              className={styles.item ?? ''}
              textValue={ratingText(rating)}
              onAction={() => void rate(rating)}
            >
              {ratingText(rating)}
            </MenuItem>
          ))}
        </Menu>
      </Popover>
    </SubmenuTrigger>
  )
}
