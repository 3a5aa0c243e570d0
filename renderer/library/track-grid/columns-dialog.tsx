import { ArrowDown, ArrowUp } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import {
  defaultTrackColumns,
  type TrackColumnId,
  trackColumnIds,
} from '../../../shared/library/track-columns.ts'
import { openDialog } from '../../session/actions.ts'
import { useWindow } from '../../store/window-store.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { IconButton } from '../../ui/icon-button.tsx'
import { moveColumn, toggleColumn } from './change-columns.ts'
import styles from './columns-dialog.module.css'
import { trackColumn } from './track-columns.ts'

const setColumns = (trackColumns: readonly TrackColumnId[]): void => useWindow.setState({ trackColumns })

/** Chooses the columns of the tracks and their sequence. A change applies immediately. */
export function ColumnsDialog() {
  const chosen = useWindow((state) => state.trackColumns)
  const close = () => openDialog(undefined)
  const all = [...chosen, ...trackColumnIds.filter((id) => !chosen.includes(id))]
  return (
    <Dialog title={m.library_columns()} onClose={close}>
      <ul className={styles.list} aria-label={m.library_columns()}>
        {all.map((id) => (
          <ColumnChoice key={id} id={id} chosen={chosen} />
        ))}
      </ul>
      <div className={styles.actions}>
        <Button quiet onClick={() => setColumns(defaultTrackColumns)}>
          {m.library_columns_reset()}
        </Button>
        <Button primary onClick={close}>
          {m.common_close()}
        </Button>
      </div>
    </Dialog>
  )
}

interface ColumnChoiceProps {
  readonly id: TrackColumnId
  readonly chosen: readonly TrackColumnId[]
}

function ColumnChoice({ id, chosen }: ColumnChoiceProps) {
  const index = chosen.indexOf(id)
  const isChosen = index >= 0
  const name = id === 'number' ? m.library_column_number() : trackColumn(id).label()
  return (
    <li className={styles.choice}>
      <label className={styles.label}>
        <input
          type="checkbox"
          className={styles.box}
          checked={isChosen}
          // The title identifies the track, and its cell has the marks.
          disabled={id === 'title'}
          onChange={() => setColumns(toggleColumn(chosen, id))}
        />
        {name}
      </label>
      {isChosen && (
        <>
          <IconButton
            name={m.library_column_up({ column: name })}
            hint={false}
            disabled={index === 0}
            onClick={() => setColumns(moveColumn(chosen, id, -1))}
          >
            <ArrowUp aria-hidden="true" />
          </IconButton>
          <IconButton
            name={m.library_column_down({ column: name })}
            hint={false}
            disabled={index === chosen.length - 1}
            onClick={() => setColumns(moveColumn(chosen, id, 1))}
          >
            <ArrowDown aria-hidden="true" />
          </IconButton>
        </>
      )}
    </li>
  )
}
