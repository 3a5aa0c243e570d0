import type { ProcessView } from '@skein/threading/inspect'
import {
  type ReactNode,
  type RefObject,
  useContext,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { AnalysisContext, analysisOf } from './analysis/analysis-context.ts'
import { ControlBar } from './control/control-bar.tsx'
import type { ThreadControls } from './control/thread-controls.ts'
import { NearMissesList } from './details/near-misses-list.tsx'
import { ObjectsSection } from './details/objects-section.tsx'
import { ThreadDetails } from './details/thread-details.tsx'
import { EventsTable } from './events/events-table.tsx'
import { FilterContext } from './filter/filter-context.ts'
import { noFilter } from './filter/thread-filter.ts'
import { useMatchingGroups } from './filter/use-matching-groups.ts'
import { ThreadsGrid } from './grid/threads-grid.tsx'
import {
  type ProcessGroup,
  type Scene,
  type ThreadKey,
  type ThreadsModel,
  threadKey,
} from './model/threads-model.ts'
import { PaintSchedulerContext, usePaintScheduler } from './painting/paint-scheduler.ts'
import { RecorderBar } from './recorder/recorder-bar.tsx'
import { Series } from './series/series.tsx'
import styles from './threads-view.module.css'
import { Timeline } from './timeline/timeline.ts'
import { TimelineContext } from './timeline/timeline-context.ts'
import { FilterBar, type ShownParts } from './toolbar/filter-bar.tsx'
import { type FullSize, Toolbar } from './toolbar/toolbar.tsx'
import { analysisOfTrace } from './trace-file/trace-analysis.ts'
import { Warnings } from './warnings/warnings.tsx'

interface ThreadsViewProps {
  readonly model: ThreadsModel
  /** Looks at the window's own threads. Called once a frame. */
  readonly sample: () => ProcessView
  /** Undefined where the view stays open. */
  readonly onClose: (() => void) | undefined
  /** Undefined where it has one size only. */
  readonly fullSize?: FullSize
  /** Of the region. */
  readonly name?: string
  readonly onEndThread: ((threadId: number) => void) | undefined
  /** Whether a thread may be ended where a deadlock is reported; by default none. */
  readonly canEnd?: (key: ThreadKey) => boolean
  /** Whether a thread may be ended from its details at any time, because another takes its place. */
  readonly canReplace?: (key: ThreadKey) => boolean
  /** How threads are held, by process. */
  readonly controls?: ThreadControls
  /** One sentence, when the host's threads cannot be watched. */
  readonly failure?: string | undefined
  /** What stands above the near misses. */
  readonly nearMisses?: ReactNode
}

/** Every thread and every object of both processes, as memory shows them. */
export function ThreadsView(props: ThreadsViewProps) {
  const {
    model,
    sample: look,
    onClose,
    name = 'Threads',
    onEndThread,
    canEnd = never,
    canReplace = never,
    controls,
    failure,
    fullSize,
    nearMisses,
  } = props
  const layout = useSyncExternalStore(model.subscribe, model.layout)
  const timeline = useMemo(() => new Timeline(model), [model])
  const [filter, setFilter] = useState(noFilter)
  const [shown, setShown] = useState<ShownParts>({ series: true, events: false, objects: true })
  const [selected, setSelected] = useState<ThreadKey>()
  const main = useRef<HTMLDivElement>(null)
  const frames = usePaintScheduler(model, look)
  // A file may know the same thread by another name.
  const thread = selected && findThread(layout.groups, selected)
  // What a file shows is over: nothing of it can be held or ended.
  const isLive = layout.trace === undefined
  const analysis = isLive ? analysisOf(model) : analysisOfTrace(model.recorded())

  const closeDetails = (): void => {
    setSelected(undefined)
    main.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  }

  return (
    <PaintSchedulerContext value={frames}>
      <AnalysisContext value={analysis}>
        <TimelineContext value={timeline}>
          <FilterContext value={filter}>
            <section className={styles.panel} aria-label={name}>
              <Toolbar frozenAt={layout.frozenAt} fullSize={fullSize} onClose={onClose} />
              {controls && isLive && <ControlBar controls={controls} selected={selected} live={model.live} />}
              {failure && (
                <p className={styles.failure} role="status">
                  {failure}
                </p>
              )}
              <Warnings endOf={(key) => (isLive ? endAction(key, onEndThread, canEnd) : undefined)} />
              <FilterBar
                filter={filter}
                groups={layout.groups}
                scene={model.scene}
                onChange={setFilter}
                shown={shown}
                onShown={setShown}
              />
              <div className={styles.body}>
                <Threads
                  main={main}
                  groups={layout.groups}
                  selected={selected}
                  scene={model.scene}
                  onSelect={setSelected}
                  onClear={() => setFilter(noFilter)}
                  shown={shown}
                />
                {(shown.objects || thread) && (
                  // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
                  <section className={styles.side} aria-label="Objects and details" tabIndex={0}>
                    {thread && (
                      <ThreadDetails
                        key={`${analysis?.number} ${threadKey(thread.process, thread.id)}`}
                        thread={thread}
                        onEnd={isLive ? endAction(thread, onEndThread, canReplace) : undefined}
                        onClose={closeDetails}
                      />
                    )}
                    {shown.objects && <ObjectsSection groups={layout.groups} scene={model.scene} />}
                    {shown.objects && <NearMissesList>{nearMisses}</NearMissesList>}
                  </section>
                )}
              </div>
              <RecorderBar model={model} layout={layout} />
            </section>
          </FilterContext>
        </TimelineContext>
      </AnalysisContext>
    </PaintSchedulerContext>
  )
}

interface ThreadsProps {
  readonly main: RefObject<HTMLDivElement | null>
  readonly groups: readonly ProcessGroup[]
  readonly selected: ThreadKey | undefined
  readonly scene: () => Scene
  readonly onSelect: (key: ThreadKey | undefined) => void
  readonly onClear: () => void
  readonly shown: ShownParts
}

/** The threads that the filter means, and what is shown below them. */
function Threads(props: ThreadsProps) {
  const { main, groups, selected, scene, onSelect, onClear, shown } = props
  const matching = useMatchingGroups(groups, useContext(FilterContext))
  return (
    <div ref={main} className={styles.main}>
      {matching.length === 0 && groups.length > 0 ? (
        <p className={styles.none} role="status">
          No thread matches in the time shown.
          <button type="button" onClick={onClear}>
            Clear filters
          </button>
        </p>
      ) : (
        <ThreadsGrid groups={matching} selected={selected} scene={scene} onSelect={onSelect} />
      )}
      {shown.series && <Series groups={groups} scene={scene} />}
      {shown.events && <EventsTable groups={matching} />}
    </div>
  )
}

const never = (): boolean => false

const findThread = (groups: readonly ProcessGroup[], { process, id }: ThreadKey): ThreadKey | undefined =>
  groups.find((group) => group.process === process)?.threads.find((thread) => thread.id === id)

function endAction(
  key: ThreadKey,
  onEndThread: ((threadId: number) => void) | undefined,
  may: (key: ThreadKey) => boolean,
) {
  if (!onEndThread || !may(key)) return undefined
  return () => onEndThread(key.id)
}
