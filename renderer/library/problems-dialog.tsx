import { m } from '../../shared/i18n/messages.js'
import { openDialog } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { formatNumber } from '../ui/utils/format.ts'
import styles from './problems-dialog.module.css'

/** A limit, because each row costs time and nobody reads thousands. */
const maxListedProblems = 500

/** The files that could not be read, with the reasons. */
export function ProblemsDialog() {
  const problems = useWindow((state) => state.problems)
  const total = problems.length
  const listed = problems.slice(0, maxListedProblems)
  const more = total - listed.length
  const close = () => openDialog(undefined)
  return (
    <Dialog title={m.library_files_unreadable({ count: total, number: formatNumber(total) })} onClose={close}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard */}
      <ul className={styles.list} aria-label={m.library_files_that_could_not_be()} tabIndex={0}>
        {listed.map((problem) => (
          <li key={problem.path} className={styles.problem}>
            <p className={styles.path}>{problem.path}</p>
            <p className={styles.reason}>{problem.reason}</p>
          </li>
        ))}
        {more > 0 && <li className={styles.problem}>{m.common_and_more({ number: formatNumber(more) })}</li>}
      </ul>
      <div className={styles.actions}>
        <Button onClick={close}>{m.common_close()}</Button>
      </div>
    </Dialog>
  )
}
