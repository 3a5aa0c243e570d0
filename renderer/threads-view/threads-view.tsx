import type { ProcessView } from '@skein/threading/inspect'
import {
  type CSSProperties,
  type ReactNode,
  type RefObject,
  useContext,
  useMemo,
  useRef,
  useState,
  useSyncExternalStore,
} from 'react'
import { m } from '../../shared/i18n/messages.js'
import { AnalysisContext, analysisOf, useAnalysis } from './analysis/analysis-context.ts'
import { ControlBar, SlowMotion } from './control/control-bar.tsx'
import type { ThreadControls } from './control/thread-controls.ts'
import { useThreadControl } from './control/use-thread-control.ts'
import { NearMissesList } from './details/near-misses-list.tsx'
import { ObjectsSection } from './details/objects-section.tsx'
import { ThreadDetails } from './details/thread-details.tsx'
import { EventsTable } from './events/events-table.tsx'
import { FilterContext } from './filter/filter-context.ts'
import { noFilter, type ThreadFilter } from './filter/thread-filter.ts'
import { useMatchingGroups } from './filter/use-matching-groups.ts'
import { maxNameLength } from './grid/thread-row.tsx'
import { ThreadsGrid } from './grid/threads-grid.tsx'
import {
  type Layout,
  type ProcessGroup,
  type Scene,
  type ThreadKey,
  type ThreadsModel,
  threadKey,
} from './model/threads-model.ts'
import { PaintSchedulerContext, usePaintScheduler } from './painting/paint-scheduler.ts'
import { RecorderBar } from './recorder/recorder-bar.tsx'
import { useRecorderActions } from './recorder/use-recorder-actions.ts'
import { Series } from './series/series.tsx'
import styles from './threads-view.module.css'
import { Timeline } from './timeline/timeline.ts'
import { TimelineContext } from './timeline/timeline-context.ts'
import { MoreMenu } from './toolbar/more-menu.tsx'
import type { ShownParts } from './toolbar/shown-parts.ts'
import { ThreadFilters } from './toolbar/thread-filters.tsx'
import { type FullSize, Toolbar } from './toolbar/toolbar.tsx'
import { analysisOfTrace } from './trace-file/trace-analysis.ts'
import { Warnings } from './warnings/warnings.tsx'

interface ThreadsViewProps {
  readonly model: ThreadsModel
  /** Samples the window's own threads. */
  readonly sample: () => ProcessView
  /** Counts the events of the window's own threads. Without it every frame takes a sample. */
  readonly countEvents?: () => number
  /** Undefined if the view cannot be closed. */
  readonly onClose: (() => void) | undefined
  /** Undefined if the view has only one size. */
  readonly fullSize?: FullSize
  /** The region's accessible name. */
  readonly name?: string
  readonly onEndThread: ((threadId: number) => void) | undefined
  /** Whether a thread may be ended in a deadlock warning; by default none. */
  readonly canEnd?: (key: ThreadKey) => boolean
  /** Whether a thread may be ended from its details, because a supervisor replaces it; by default none. */
  readonly canReplace?: (key: ThreadKey) => boolean
  /** The controllers of threads, by process. */
  readonly controls?: ThreadControls
  /** Why the host's threads cannot be watched, as one sentence. */
  readonly failure?: string | undefined
  /** Shown above the near misses. */
  readonly nearMisses?: ReactNode
}

/** Shows every thread and every object of the processes in the model. */
export function ThreadsView(props: ThreadsViewProps) {
  const { model } = props
  const layout = useSyncExternalStore(model.subscribe, model.layout)
  const timeline = useMemo(() => new Timeline(model), [model])
  const [filter, setFilter] = useState(noFilter)
  const scheduler = usePaintScheduler(model, props)
  // The threads in a trace file can be neither controlled nor ended.
  const isLive = layout.trace === undefined
  const analysis = isLive ? analysisOf(model) : analysisOfTrace(model.recorded())
  return (
    <PaintSchedulerContext value={scheduler}>
      <AnalysisContext value={analysis}>
        <TimelineContext value={timeline}>
          <FilterContext value={filter}>
            <PanelContent {...props} layout={layout} isLive={isLive} onFilter={setFilter} />
          </FilterContext>
        </TimelineContext>
      </AnalysisContext>
    </PaintSchedulerContext>
  )
}

interface PanelContentProps extends ThreadsViewProps {
  readonly layout: Layout
  readonly isLive: boolean
  readonly onFilter: (filter: ThreadFilter) => void
}

function PanelContent(props: PanelContentProps) {
  const { model, layout, isLive, onFilter, onClose, onEndThread, fullSize, failure, nearMisses } = props
  const { canEnd = never, canReplace = never } = props
  const filter = useContext(FilterContext)
  const [shown, setShown] = useState<ShownParts>({ series: true, events: false, objects: true })
  const [selected, setSelected] = useState<ThreadKey>()
  const recording = useAnalysis()?.number
  const main = useRef<HTMLDivElement>(null)
  const recorder = useRecorderActions(model)
  const controls = isLive ? props.controls : undefined
  const control = useThreadControl(controls, selected, model.live)
  // A trace file may have another name for the same thread.
  const thread = selected && findThread(layout.groups, selected)

  const closeDetails = (): void => {
    setSelected(undefined)
    main.current?.querySelector<HTMLElement>('tr[tabindex="0"]')?.focus()
  }
  const endOf = (key: ThreadKey) => (isLive ? endAction(key, onEndThread, canEnd) : undefined)

  return (
    <section className={styles.panel} aria-label={props.name ?? m.common_threads()}>
      <Toolbar
        frozenAt={layout.frozenAt}
        fullSize={fullSize}
        onClose={onClose}
        control={controls && <ControlBar control={control} thread={selected?.name} />}
        filters={
          <ThreadFilters filter={filter} groups={layout.groups} scene={model.scene} onChange={onFilter} />
        }
        menu={
          <MoreMenu
            model={model}
            shown={shown}
            onShown={setShown}
            recorder={recorder}
            slowMotion={controls && <SlowMotion control={control} />}
          />
        }
      />
      {failure && (
        <p className={styles.failure} role="status">
          {failure}
        </p>
      )}
      <Warnings endOf={endOf} />
      <div className={styles.body}>
        <Threads
          main={main}
          groups={layout.groups}
          selected={selected}
          scene={model.scene}
          onSelect={setSelected}
          onClear={() => onFilter(noFilter)}
          shown={shown}
        />
        {(shown.objects || thread) && (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: scrollable content must be reachable by keyboard
          <section className={styles.side} aria-label={m.threads_side()} tabIndex={0}>
            {thread && (
              <ThreadDetails
                key={`${recording} ${threadKey(thread.process, thread.id)}`}
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
      <RecorderBar model={model} layout={layout} recorder={recorder} note={control.note} />
    </section>
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

/** The threads that match the filter, and the parts below them. */
function Threads(props: ThreadsProps) {
  const { main, groups, selected, scene, onSelect, onClear, shown } = props
  const matching = useMatchingGroups(groups, useContext(FilterContext))
  return (
    <div ref={main} className={styles.main} style={{ '--name-length': nameLength(groups) } as CSSProperties}>
      {matching.length === 0 && groups.length > 0 ? (
        <p className={styles.none} role="status">
          {m.threads_no_match()}
          <button type="button" onClick={onClear}>
            {m.threads_filters_clear()}
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

/** Returns the width of the column of names, in characters. */
const nameLength = (groups: readonly ProcessGroup[]): number =>
  Math.min(
    maxNameLength,
    Math.max(6, ...groups.flatMap(({ threads }) => threads.map(({ name }) => name.length))),
  )

const never = (): boolean => false

const findThread = (groups: readonly ProcessGroup[], { process, id }: ThreadKey): ThreadKey | undefined =>
  groups.find((group) => group.process === process)?.threads.find((thread) => thread.id === id)

function endAction(
  key: ThreadKey,
  onEndThread: ((threadId: number) => void) | undefined,
  isAllowed: (key: ThreadKey) => boolean,
) {
  if (!onEndThread || !isAllowed(key)) return undefined
  return () => onEndThread(key.id)
}
