import { FlaskConical, Library, ListMusic, ListTree, type LucideIcon, Settings, Spool } from 'lucide-react'
import type { MouseEvent } from 'react'
import { m } from '../../shared/i18n/messages.js'
import type { ViewName } from '../../shared/player/messages.ts'
import type { Shortcut } from '../../shared/player/shortcuts.ts'
import { send, toggleThreadsPanel } from '../session/actions.ts'
import { useWindow } from '../store/window-store.ts'
import { hintAttributes } from '../ui/hint.ts'
import { Logo } from '../ui/logo.tsx'
import styles from './navigation.module.css'

interface Destination {
  readonly view: ViewName
  readonly name: () => string
  readonly icon: LucideIcon
  readonly shortcut: Shortcut
}

const destinations: readonly Destination[] = [
  { view: 'library', name: m.common_library, icon: Library, shortcut: 'library' },
  { view: 'up-next', name: m.common_up_next, icon: ListMusic, shortcut: 'upNext' },
  { view: 'playlists', name: m.common_playlists, icon: ListTree, shortcut: 'playlists' },
  { view: 'lab', name: m.common_lab, icon: FlaskConical, shortcut: 'lab' },
  { view: 'settings', name: m.common_settings, icon: Settings, shortcut: 'settings' },
]

export function Navigation() {
  const isThreadsPanelOpen = useWindow((state) => state.isThreadsPanelOpen)
  return (
    <nav className={styles.side} aria-label={m.shell_main()}>
      <div className={styles.brand}>
        <Logo />
        <span className={styles.name}>Skein</span>
      </div>
      <div className={styles.places}>
        {destinations.map((destination) => (
          <DestinationLink key={destination.view} destination={destination} />
        ))}
      </div>
      <button
        type="button"
        className={styles.item}
        aria-label={m.common_threads()}
        aria-pressed={isThreadsPanelOpen}
        onClick={toggleThreadsPanel}
        {...hintAttributes(m.shell_see_threads(), 'threads', 'right')}
      >
        <Spool aria-hidden="true" />
        <span className={styles.label}>{m.common_threads()}</span>
      </button>
    </nav>
  )
}

function DestinationLink({ destination }: { readonly destination: Destination }) {
  const isCurrent = useWindow((state) => state.view === destination.view)
  const navigate = (event: MouseEvent) => {
    event.preventDefault()
    send({ kind: 'navigate', to: destination.view })
  }
  return (
    <a
      className={styles.item}
      href={`#${destination.view}`}
      aria-label={destination.name()}
      aria-current={isCurrent ? 'page' : undefined}
      draggable={false}
      onClick={navigate}
      {...hintAttributes(destination.name(), destination.shortcut, 'right')}
    >
      <destination.icon aria-hidden="true" />
      <span className={styles.label}>{destination.name()}</span>
    </a>
  )
}
