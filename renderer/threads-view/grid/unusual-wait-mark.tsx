import { m } from '../../../shared/i18n/messages.js'
import styles from '../details/details-sections.module.css'
import type { ThreadKey } from '../model/threads-model.ts'
import { useAnalysisPaint } from '../painting/use-analysis-paint.ts'

/** Marks the row of a thread whose wait is longer than any before on its object. */
export function UnusualWaitMark({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, 100, (mark: SVGSVGElement) => ({
    paint: ({ at, process, analysis }) => {
      const shown = process.thread(thread.id)
      const isUnusual = shown !== undefined && analysis.findUnusualWait(shown, at) !== undefined
      mark.toggleAttribute('data-shown', isUnusual)
    },
  }))
  return (
    <svg
      ref={element}
      className={styles.unusualMark}
      viewBox="0 0 12 12"
      role="img"
      aria-label={m.threads_unusual_wait()}
    >
      <path d="M6 1L11.5 11H.5z M5.4 4.4v3.4h1.2V4.4z M5.4 8.6v1.2h1.2V8.6z" fillRule="evenodd" />
    </svg>
  )
}
