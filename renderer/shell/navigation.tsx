import { FlaskConical, Library, ListMusic, type LucideIcon, Settings, Spool } from 'lucide-react'
import type { MouseEvent } from 'react'
import { Focusable, TooltipTrigger } from 'react-aria-components'
import type { ViewName } from '../../shared/player/messages.ts'
import type { Shortcut } from '../../shared/player/shortcuts.ts'
import { send, toggleThreadsPanel } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { Hint } from '../ui/hint.tsx'
import { Logo } from '../ui/logo.tsx'
import styles from './navigation.module.css'

interface Destination {
  readonly view: ViewName
  readonly name: string
  readonly icon: LucideIcon
  readonly shortcut: Shortcut
}

const destinations: readonly Destination[] = [
  { view: 'library', name: 'Library', icon: Library, shortcut: 'library' },
  { view: 'up-next', name: 'Up next', icon: ListMusic, shortcut: 'upNext' },
  { view: 'lab', name: 'Lab', icon: FlaskConical, shortcut: 'lab' },
  { view: 'settings', name: 'Settings', icon: Settings, shortcut: 'settings' },
]

export function Navigation() {
  const threadsOpen = useWindow((state) => state.isThreadsPanelOpen)
  return (
    <nav className={styles.side} aria-label="Main">
      <div className={styles.brand}>
        <Logo />
        <span className={styles.name}>Skein</span>
      </div>
      <div className={styles.places}>
        {destinations.map((place) => (
          <DestinationLink key={place.view} place={place} />
        ))}
      </div>
      <TooltipTrigger delay={500}>
        <Focusable>
          <button
            type="button"
            className={styles.item}
            aria-label="Threads"
            aria-pressed={threadsOpen}
            onClick={toggleThreadsPanel}
          >
            <Spool aria-hidden="true" />
            <span className={styles.label}>Threads</span>
          </button>
        </Focusable>
        <Hint shortcut="threads" placement="right">
          See the player’s threads at work
        </Hint>
      </TooltipTrigger>
    </nav>
  )
}

function DestinationLink({ place }: { readonly place: Destination }) {
  const here = useWindow((state) => state.view === place.view)
  const go = (event: MouseEvent) => {
    event.preventDefault()
    send({ kind: 'navigate', to: place.view })
  }
  return (
    <TooltipTrigger delay={500}>
      <Focusable>
        <a
          className={styles.item}
          href={`#${place.view}`}
          aria-label={place.name}
          aria-current={here ? 'page' : undefined}
          draggable={false}
          onClick={go}
        >
          <place.icon aria-hidden="true" />
          <span className={styles.label}>{place.name}</span>
        </a>
      </Focusable>
      <Hint shortcut={place.shortcut} placement="right">
        {place.name}
      </Hint>
    </TooltipTrigger>
  )
}
