import type { MouseEvent } from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { exercises } from '../exercises/index.ts'
import { showExercise, useLabStore } from '../state/lab-store.ts'
import styles from './exercise-list.module.css'

/** Links to the Lab's pages, in the order of the tutorial. */
export function ExerciseList() {
  const shown = useLabStore((state) => state.exercise)
  const open = (event: MouseEvent, id: string): void => {
    event.preventDefault()
    showExercise(id)
  }
  return (
    <nav className={styles.pages} aria-label={m.lab_pages()}>
      <ol>
        {exercises.map(({ id, title }, index) => (
          <li key={id}>
            <a
              className={styles.page}
              href={`#lab/${id}`}
              aria-current={id === shown ? 'page' : undefined}
              title={title()}
              draggable={false}
              onClick={(event) => open(event, id)}
            >
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.title}>{title()}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
