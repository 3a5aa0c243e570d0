import { useEffect } from 'react'
import '../threads-view/threads-tokens.css'
import styles from './lab-view.module.css'
import { ExerciseList } from './page/exercise-list.tsx'
import { ExercisePage } from './page/exercise-page.tsx'
import { LinkBar } from './page/link-bar.tsx'
import { exerciseById, formatCurrentLink, openLink, useLabStore } from './state/lab-store.ts'
import './thread-colours.css'

/** Shows one page for each idea of the tutorial. Their threads are real and run in a process of their own. */
export function LabView() {
  const id = useLabStore((state) => state.exercise)
  useEffect(syncAddress, [])
  return (
    <div className={styles.view}>
      <div className={styles.side}>
        <ExerciseList />
        <LinkBar />
      </div>
      <ExercisePage key={id} exercise={exerciseById(id)} />
    </div>
  )
}

/** Keeps the window's address equal to the link of the page that is shown, while the Lab is shown. */
function syncAddress(): () => void {
  const setAddress = (address: string): void => history.replaceState(history.state, '', address)
  const openAddress = (): void => {
    // The window's own address of the Lab names no page: the last one stays.
    if (location.hash !== '#lab') openLink(location.hash)
    setAddress(formatCurrentLink(useLabStore.getState()))
  }
  openAddress()
  const unsubscribe = useLabStore.subscribe((state) => setAddress(formatCurrentLink(state)))
  addEventListener('hashchange', openAddress)
  return () => {
    unsubscribe()
    removeEventListener('hashchange', openAddress)
  }
}
