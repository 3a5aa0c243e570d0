import { m } from '../../../shared/i18n/messages.js'
import { formatElapsed } from '../model/text-format.ts'
import type { ThreadKey } from '../model/threads-model.ts'
import { TextCell } from '../painting/text-cell.ts'
import { type AnalysedScene, useAnalysisPaint } from '../painting/use-analysis-paint.ts'
import styles from './details-sections.module.css'

/** Milliseconds. A number that changes more often cannot be read. */
const paintInterval = 100

/** Shows the reason text of a thread, and whether its wait is longer than any before. */
export function WhySection({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, paintInterval, (root: HTMLElement) => {
    const [sentence, unusual] = [...root.children].map((child) => new TextCell(child as HTMLElement))
    return { paint: (scene) => paint(scene, thread, sentence, unusual) }
  })
  return (
    <section ref={element} className={styles.why} aria-label={m.threads_why()}>
      <p />
      <p className={styles.unusual} />
    </section>
  )
}

function paint(
  { at, process, analysis }: AnalysedScene,
  key: ThreadKey,
  sentence: TextCell | undefined,
  unusual: TextCell | undefined,
): void {
  const thread = process.thread(key.id)
  if (!thread) return
  sentence?.set(analysis.describeReason(thread, process.view, at))
  const found = analysis.findUnusualWait(thread, at)
  unusual?.set(
    found === undefined
      ? ''
      : m.threads_longest_wait({ count: found.count, duration: formatElapsed(found.maxDuration) }),
  )
}
