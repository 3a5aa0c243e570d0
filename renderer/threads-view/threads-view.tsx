import { useRef, useState, useSyncExternalStore } from 'react'
import type { ProcessView } from '../../shared/threading/view.ts'
import { ControlBar } from './control/control-bar.tsx'
import type { Controls } from './control/controls.ts'
import { FramesContext, useFrames } from './frames.ts'
import { ObjectsTable } from './objects-table.tsx'
import { type Span, spans } from './spans.ts'
import { ThreadDetails } from './thread-details.tsx'
import { ThreadsGrid } from './threads-grid.tsx'
import { type ThreadKey, type ThreadsModel, threadKey, threadOf } from './threads-model.ts'
import styles from './threads-panel.module.css'
import { Toolbar } from './toolbar.tsx'

interface ThreadsViewProps {
  readonly model: ThreadsModel
  /** Looks at the window's own threads. Called once a frame. */
  readonly look: () => ProcessView
  /** Undefined where the view stays open. */
  readonly onClose: (() => void) | undefined
  /** Of the region. */
  readonly name?: string
  readonly onEndThread: ((threadId: number) => void) | undefined
  /** How threads are held, by process. */
  readonly controls?: Controls
  /** One sentence, when the host's threads cannot be watched. */
  readonly failure?: string | undefined
}

/** The window's threads that Skein starts anew when they end. */
const replaceable = ['input', 'playback', 'selector']

/** Every thread and every object of both processes, as memory shows them. */
export function ThreadsView({
  model,
  look,
  onClose,
  name = 'Threads',
  onEndThread,
  controls,
  failure,
}: ThreadsViewProps) {
  const layout = useSyncExternalStore(model.subscribe, model.layout)
  const [span, setSpan] = useState<Span>(spans[1])
  const [selected, setSelected] = useState<ThreadKey>()
  const main = useRef<HTMLDivElement>(null)
  const frames = useFrames(model, look)
  const thread = selected && threadOf(model.scene(), selected)

  const closeDetails = (): void => {
    setSelected(undefined)
    main.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  }

  return (
    <FramesContext value={frames}>
      <section className={styles.panel} aria-label={name}>
        <Toolbar
          span={span}
          onSpan={setSpan}
          frozenAt={layout.frozenAt}
          onFreeze={() => model.freeze()}
          onFollow={() => model.follow()}
          onClose={onClose}
        />
        {controls && <ControlBar controls={controls} selected={selected} scene={model.scene} />}
        {failure && (
          <p className={styles.failure} role="status">
            {failure}
          </p>
        )}
        <div className={styles.body}>
          <div ref={main} className={styles.main}>
            <ThreadsGrid
              groups={layout.groups}
              span={span}
              selected={selected}
              scene={model.scene}
              onSelect={setSelected}
            />
          </div>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard */}
          <section className={styles.side} aria-label="Objects and details" tabIndex={0}>
            {selected && thread && (
              <ThreadDetails
                key={threadKey(selected.process, selected.id)}
                thread={selected}
                onEnd={endOf(selected, onEndThread)}
                onClose={closeDetails}
              />
            )}
            <ObjectsTable groups={layout.groups} scene={model.scene} />
          </section>
        </div>
      </section>
    </FramesContext>
  )
}

function endOf(key: ThreadKey, onEndThread: ((threadId: number) => void) | undefined) {
  if (!onEndThread || key.process !== 'player' || !replaceable.includes(key.name)) return undefined
  return () => onEndThread(key.id)
}
