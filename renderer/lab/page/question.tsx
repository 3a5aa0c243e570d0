import { useState } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { Button } from '../../ui/button.tsx'
import styles from './question.module.css'

interface QuestionProps {
  readonly ask: string
  readonly answer: string
}

/** A question to answer by trying, with a button that shows its answer. */
export function Question({ ask, answer }: QuestionProps) {
  const [isShown, setShown] = useState(false)
  return (
    <section className={styles.question} aria-label={m.lab_question()}>
      <h2>{m.lab_question()}</h2>
      <p>{ask}</p>
      <Button className={styles.button} aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? m.lab_hide_answer() : m.lab_show_answer()}
      </Button>
      {isShown && <p className={styles.answer}>{answer}</p>}
    </section>
  )
}
