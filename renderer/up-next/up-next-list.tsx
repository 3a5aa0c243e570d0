import { ListPlus } from 'lucide-react'
import { type KeyboardEvent, type MouseEvent, useId } from 'react'
import { m } from '../../shared/i18n/messages.js'
import { send } from '../session/actions.ts'
import { resolveUpNext } from '../session/list-requests.ts'
import { openAddToPlaylist } from '../session/playlist-actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { UpNextRow } from './up-next-row.tsx'
import styles from './up-next-view.module.css'

/** A limit on the rows in the document: the queue can have thousands of songs. */
const maxRows = 200

/** The queue and the plan. Up and Down move through them; Enter or a double click plays a song. */
export function UpNextList() {
  const upNext = useWindow((state) => state.upNext)
  const shuffle = useWindow((state) => state.player.shuffle)
  const current = useWindow((state) => state.player.track)
  const heading = useId()
  const saveAll = async () => {
    const next = await resolveUpNext()
    openAddToPlaylist(current === 0 ? next : [current, ...next])
  }
  const onClick = (event: MouseEvent) => {
    const row = rowOf(event.target)
    const track = row && upNext[row.index]
    const isPlayRequest =
      event.detail !== 1 || (event.target instanceof Element && event.target.closest('[data-play]'))
    if (row && track !== undefined && isPlayRequest) send({ kind: 'playUpNext', index: row.index, track })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const row = rowOf(event.target)
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (!row || step === undefined) return
    event.preventDefault()
    const item = step > 0 ? row.item.nextElementSibling : row.item.previousElementSibling
    item?.querySelector('button')?.focus()
  }
  return (
    <div className={styles.planned}>
      <h2 className={styles.heading} id={heading}>
        {m.common_up_next()}
        {shuffle && <span className={styles.how}> {m.upnext_shuffled()}</span>}
      </h2>
      <Button quiet className={styles.save} onClick={() => void saveAll()}>
        <ListPlus aria-hidden="true" />
        {m.upnext_save_as_playlist()}
      </Button>
      {upNext.length === 0 ? (
        <p className={styles.end}>{m.upnext_the_list_ends_with_this()}</p>
      ) : (
        <ol className={styles.list} aria-labelledby={heading} onClick={onClick} onKeyDown={onKeyDown}>
          {keysOf(upNext.slice(0, maxRows)).map((key, index) => (
            <UpNextRow key={key} id={upNext[index] ?? 0} index={index} />
          ))}
        </ol>
      )}
      {upNext.length > maxRows && (
        <p className={styles.end}>
          {m.common_and_more({ number: (upNext.length - maxRows).toLocaleString('en') })}
        </p>
      )}
    </div>
  )
}

/**
 * Returns a key for each row: the track and its number of earlier occurrences, because a song can be planned
 * more than once.
 */
function keysOf(upNext: readonly number[]): readonly string[] {
  const occurrences = new Map<number, number>()
  return upNext.map((track) => {
    const count = occurrences.get(track) ?? 0
    occurrences.set(track, count + 1)
    return `${track}@${count}`
  })
}

function rowOf(target: EventTarget): { item: Element; index: number } | undefined {
  const item = target instanceof Element ? target.closest<HTMLElement>('[data-index]') : null
  return item ? { item, index: Number(item.dataset.index) } : undefined
}
