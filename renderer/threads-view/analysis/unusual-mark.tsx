import type { ThreadKey } from '../threads-model.ts'
import styles from './analysis.module.css'
import { useAnalysisPaint } from './use-analysis-paint.ts'

const words = 'Waits longer than it ever did for this'

/** Stands in the row of a thread that waits longer than it ever did on that object. */
export function UnusualMark({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, 100, (mark: SVGSVGElement) => ({
    paint: ({ at, process, analysis }) => {
      const shown = process.thread(thread.id)
      const isUnusual = shown !== undefined && analysis.unusualWait(shown, at) !== undefined
      mark.toggleAttribute('data-shown', isUnusual)
    },
  }))
  return (
    <svg ref={element} className={styles.unusualMark} viewBox="0 0 12 12" role="img" aria-label={words}>
      <path d="M6 1L11.5 11H.5z M5.4 4.4v3.4h1.2V4.4z M5.4 8.6v1.2h1.2V8.6z" fillRule="evenodd" />
    </svg>
  )
}
