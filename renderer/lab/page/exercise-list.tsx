import type { MouseEvent } from 'react'
import { exercises } from '../exercises/index.ts'
import { showExercise, useLabStore } from '../state/lab-store.ts'
import styles from './exercise-list.module.css'

/** The Lab's pages, in the tutorial's order. */
export function ExerciseList() {
  const shown = useLabStore((state) => state.exercise)
  const go = (event: MouseEvent, id: string): void => {
    event.preventDefault()
    showExercise(id)
  }
  return (
    <nav className={styles.pages} aria-label="Pages of the Lab">
      <ol>
        {exercises.map(({ id, title }, index) => (
          <li key={id}>
            <a
              className={styles.page}
              href={`#lab/${id}`}
              aria-current={id === shown ? 'page' : undefined}
              title={title}
              draggable={false}
              onClick={(event) => go(event, id)}
            >
              <span className={styles.number}>{index + 1}</span>
              <span className={styles.title}>{title}</span>
            </a>
          </li>
        ))}
      </ol>
    </nav>
  )
}
