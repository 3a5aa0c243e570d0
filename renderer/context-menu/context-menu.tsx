import { Button, Menu, MenuTrigger, Popover, Separator } from 'react-aria-components'
import { m } from '../../shared/i18n/messages.js'
import { closeMenu } from '../session/item-actions.ts'
import { useWindow } from '../store/window-store.ts'
import styles from './context-menu.module.css'
import { DetailItems } from './detail-items.tsx'
import { OpenItems } from './open-items.tsx'
import { PlayItems } from './play-items.tsx'
import { RatingMenu } from './rating-menu.tsx'

/** The open context menu: what can be done with the selected items, wherever they are. */
export function ContextMenu() {
  const menu = useWindow((state) => state.menu)
  if (menu === undefined) return null
  const { x, y, target } = menu
  return (
    <MenuTrigger
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) closeMenu()
      }}
    >
      <Button
        className={styles.anchor ?? ''}
        style={{ left: x, top: y }}
        aria-label={m.library_more_actions()}
        excludeFromTabOrder
      />
      <Popover className={styles.popover ?? ''} offset={0}>
        <Menu className={styles.menu ?? ''} aria-label={m.library_more_actions()} autoFocus="first">
          <PlayItems target={target} />
          <Separator className={styles.line ?? ''} />
          <RatingMenu target={target} />
          <OpenItems target={target} />
          <DetailItems target={target} />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}
