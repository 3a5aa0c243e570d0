import { useEffect } from 'react'
import '../threads-view/tokens.css'
import { ExercisePage } from './exercise-page.tsx'
import { exerciseWithId, openLink, presentLink, useLab } from './lab-store.ts'
import styles from './lab-view.module.css'
import { LinkBar } from './link-bar.tsx'
import { PageList } from './page-list.tsx'
import './tokens.css'

/** The tutorial's ideas, each on a page, on real threads in a process of their own. */
export function LabView() {
  const id = useLab((state) => state.exercise)
  useEffect(keepAddress, [])
  return (
    <div className={styles.view}>
      <div className={styles.side}>
        <PageList />
        <LinkBar />
      </div>
      <ExercisePage key={id} exercise={exerciseWithId(id)} />
    </div>
  )
}

/** The window's address is the link to what is shown, as long as the Lab is shown. */
function keepAddress(): () => void {
  const show = (address: string): void => history.replaceState(history.state, '', address)
  const follow = (): void => {
    openLink(location.hash)
    show(presentLink(useLab.getState()))
  }
  follow()
  const stop = useLab.subscribe((state) => show(presentLink(state)))
  addEventListener('hashchange', follow)
  return () => {
    stop()
    removeEventListener('hashchange', follow)
    show(`${location.pathname}${location.search}`)
  }
}
