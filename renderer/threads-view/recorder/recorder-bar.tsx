import { Undo2 } from 'lucide-react'
import { m } from '../../../shared/i18n/messages.js'
import type { Layout, ThreadsModel } from '../model/threads-model.ts'
import { CloseButton } from '../widgets/close-button.tsx'
import { MomentSlider } from './moment-slider.tsx'
import styles from './recorder-bar.module.css'
import type { RecorderActions } from './use-recorder-actions.ts'

interface RecorderBarProps {
  readonly model: ThreadsModel
  readonly layout: Layout
  readonly recorder: RecorderActions
  /** Why threads cannot be controlled; empty if they can. */
  readonly note: string
}

/**
 * The line at the bottom: the moment that is shown, and messages. It takes no room while the present is
 * shown.
 */
export function RecorderBar({ model, layout, recorder, note }: RecorderBarProps) {
  const { message, clearMessage } = recorder
  const { frozenAt, trace } = layout
  const isEmpty = frozenAt === undefined && message === '' && note === ''
  return (
    <section className={styles.bar} aria-label={m.threads_recorder()} data-empty={isEmpty}>
      {frozenAt !== undefined && <MomentSlider model={model} layout={layout} />}
      {trace !== undefined && (
        <>
          <strong className={styles.trace} title={trace}>
            {m.threads_trace_shown({ name: trace })}
          </strong>
          <button type="button" className={styles.button} onClick={() => model.follow()}>
            <Undo2 size={12} aria-hidden="true" />
            {m.threads_back_to_live()}
          </button>
        </>
      )}
      <span className={styles.message} role="status" title={message}>
        {message}
      </span>
      {message !== '' && <CloseButton name={m.threads_message_close()} onClose={clearMessage} />}
      <span className={styles.note} role="status">
        {note}
      </span>
    </section>
  )
}
