import { TextCell } from '../text-cell.ts'
import type { ThreadKey } from '../threads-model.ts'
import { elapsed } from '../words.ts'
import styles from './analysis.module.css'
import { type AnalysedScene, useAnalysisPaint } from './use-analysis-paint.ts'

/** As often as a number can be read, in ms. */
const step = 100

/** Why a thread does not go on, as one live sentence; and whether it waits longer than it ever did. */
export function WhySentence({ thread }: { readonly thread: ThreadKey }) {
  const element = useAnalysisPaint(thread.process, step, (root: HTMLElement) => {
    const [sentence, unusual] = [...root.children].map((child) => new TextCell(child as HTMLElement))
    return { paint: (scene) => paint(scene, thread, sentence, unusual) }
  })
  return (
    <section ref={element} className={styles.why} aria-label="Why?">
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
  sentence?.set(analysis.why(thread, process.view, at))
  const found = analysis.unusualWait(thread, at)
  unusual?.set(
    found === undefined
      ? ''
      : `That is longer than ever: the longest of ${found.count} waits for it before was ${elapsed(found.longest)}.`,
  )
}
