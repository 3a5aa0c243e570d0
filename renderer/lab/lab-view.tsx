import { useEffect } from 'react'
import '../threads-view/threads-tokens.css'
import styles from './lab-view.module.css'
import { ExerciseList } from './page/exercise-list.tsx'
import { ExercisePage } from './page/exercise-page.tsx'
import { LinkBar } from './page/link-bar.tsx'
import { exerciseById, formatCurrentLink, openLink, useLabStore } from './state/lab-store.ts'
import './thread-colours.css'

/** The tutorial's ideas, each on a page, on real threads in a process of their own. */
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

/** The window's address is the link to what is shown, as long as the Lab is shown. */
function syncAddress(): () => void {
  const show = (address: string): void => history.replaceState(history.state, '', address)
  const follow = (): void => {
    openLink(location.hash)
    show(formatCurrentLink(useLabStore.getState()))
  }
  follow()
  const stop = useLabStore.subscribe((state) => show(formatCurrentLink(state)))
  addEventListener('hashchange', follow)
  return () => {
    stop()
    removeEventListener('hashchange', follow)
    show(`${location.pathname}${location.search}`)
  }
}
