import { CircleQuestionMark } from 'lucide-react'
import { useId } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { allWaitSigns } from '../model/object-kinds/object-kinds.ts'
import { type MarkShape, markGlyphs, markTexts } from '../timeline/glyphs.ts'
import styles from './legend.module.css'

/** The legend of the marks in the lanes: the states in the toolbar, all others in a popover. */
export function Legend() {
  const all = useId()
  return (
    <>
      <ul className={styles.legend} aria-label={m.threads_marks_in_the_lanes()}>
        <StateMarks />
      </ul>
      <button
        type="button"
        className={styles.button}
        popoverTarget={all}
        aria-label={m.threads_legend()}
        title={m.threads_legend()}
      >
        <CircleQuestionMark size={14} aria-hidden="true" />
      </button>
      <div id={all} popover="auto" className={styles.all}>
        <section>
          <h3>{m.threads_states()}</h3>
          <ul>
            <StateMarks />
            <ControlMarks />
          </ul>
        </section>
        <section>
          <h3>{m.threads_what_a_thread_waits_for()}</h3>
          <ul>
            {allWaitSigns().map(({ shape, text }) => (
              <li key={shape}>
                <svg viewBox="0 0 12 12" className={styles.glyph} aria-hidden="true">
                  <path fillRule="evenodd" d={shape} />
                </svg>
                {text()}
              </li>
            ))}
          </ul>
        </section>
        <section>
          <h3>{m.threads_what_it_did()}</h3>
          <ul>
            {(Object.keys(markGlyphs) as MarkShape[]).map((shape) => (
              <li key={shape}>
                <svg viewBox="0 0 8 8" className={styles.mark} aria-hidden="true">
                  <path fillRule="evenodd" d={markGlyphs[shape]} />
                </svg>
                {markTexts[shape]()}
              </li>
            ))}
            <li>
              <svg viewBox="0 0 12 12" className={styles.glyph} aria-hidden="true">
                <path d="M2 1h8v6H2z M1 9h10v1H1z" />
              </svg>
              {m.threads_a_mark_that_stands_for()}
            </li>
          </ul>
        </section>
        <section>
          <h3>{m.threads_whom_it_woke()}</h3>
          <ul>
            <li>
              <svg viewBox="0 0 12 12" className={styles.glyph} aria-hidden="true">
                <path d="M4.5 0h3v3h-3z M5.5 3h1v5h-1z M2.5 7.5h7L6 12z" />
              </svg>
              {m.threads_from_the_wakers_lane_to()}
            </li>
          </ul>
        </section>
      </div>
    </>
  )
}

function StateMarks() {
  return (
    <>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="2" width="20" height="8" className={styles.runnable} />
        </svg>
        {m.threads_runnable()}
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="2" width="20" height="8" className={styles.blocked} />
          <path d="M0 0L10 10M6 0L16 10M12 0L22 10M-6 0L4 10M18 0L28 10" className={styles.cut} />
        </svg>
        {m.threads_blocked()}
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="5" width="20" height="2" className={styles.waitingMark} />
        </svg>
        {m.threads_waiting()}
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <path d="M0 6h5M8 6h5M16 6h4" className={styles.timedMark} />
        </svg>
        {m.threads_timed_waiting()}
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect x="9" y="0" width="2" height="4" className={styles.wakeMark} />
          <rect x="9" y="5" width="2" height="7" className={styles.runnable} />
        </svg>
        {m.threads_woken()}
      </li>
    </>
  )
}

/** The marks of thread control. */
function ControlMarks() {
  return (
    <>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <path d="M0 2.5h20M0 9.5h20M0 9L6 3M5 9L11 3M10 9L16 3M15 9L20 4" className={styles.held} />
        </svg>
        {m.threads_held_before_an_operation()}
      </li>
      <li>
        <svg viewBox="0 0 20 12" aria-hidden="true">
          <rect y="1" width="20" height="7" className={styles.runnable} />
          <path d="M0 10.5h5M8 10.5h5M16 10.5h4" className={styles.held} />
        </svg>
        {m.threads_slowed_or_paused_at_its()}
      </li>
    </>
  )
}
