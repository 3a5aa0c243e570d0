import type { ThreadState } from '@skein/threading/inspect'
import { stateGlyphs } from '../model/state-codes.ts'
import styles from './threads-grid.module.css'

/** The glyph of a state. Without `state`, a painter sets it. */
export function StateGlyph({ state }: { state?: ThreadState }) {
  return (
    <svg className={styles.glyph} viewBox="0 0 12 12" aria-hidden="true">
      <path data-part="glyph" fillRule="evenodd" d={state && stateGlyphs[state]} />
    </svg>
  )
}
