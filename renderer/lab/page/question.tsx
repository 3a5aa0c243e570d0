import { useState } from 'react'
import { Button } from '../../ui/button.tsx'
import styles from './question.module.css'

interface QuestionProps {
  readonly ask: string
  readonly answer: string
}

/** A question to answer by trying; its answer is shown when it is asked for. */
export function Question({ ask, answer }: QuestionProps) {
  const [isShown, setShown] = useState(false)
  return (
    <section className={styles.question} aria-label="Question">
      <h2>Question</h2>
      <p>{ask}</p>
      <Button className={styles.button} aria-expanded={isShown} onClick={() => setShown(!isShown)}>
        {isShown ? 'Hide the answer' : 'Show the answer'}
      </Button>
      {isShown && <p className={styles.answer}>{answer}</p>}
    </section>
  )
}
