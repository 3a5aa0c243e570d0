import {
  type KeyboardEvent,
  type PointerEvent,
  type RefObject,
  useContext,
  useEffect,
  useId,
  useLayoutEffect,
  useMemo,
  useRef,
} from 'react'
import { m } from '../../../shared/i18n/messages.js'
import { onThemeChange } from '../../ui/utils/theme-change.ts'
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { FilterContext } from '../filter/filter-context.ts'
import { segmentPredicate } from '../filter/thread-filter.ts'
import type { ProcessGroup, Scene, ThreadKey } from '../model/threads-model.ts'
import { type Paint, PaintSchedulerContext, usePaint } from '../painting/paint-scheduler.ts'
import { useTimelineGestures } from '../timeline/gestures.ts'
import { handleKey } from '../timeline/keyboard.ts'
import { laneAt, lanesHeight, layOutLanes } from '../timeline/lane-layout.ts'
import { readPalette } from '../timeline/lane-palette.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { TimelinePainter } from '../timeline/timeline-painter.ts'
import styles from './lanes.module.css'

interface LanesProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
  readonly onSelect: (key: ThreadKey) => void
}

/** The timeline: the history of each thread on the line of its row. */
export function Lanes({ groups, scene, onSelect }: LanesProps) {
  const root = useRef<HTMLDivElement>(null)
  const window = useRef<HTMLDivElement>(null)
  const picture = useRef<TimelinePainter>(undefined)
  const help = useId()
  const timeline = useTimeline()
  const filter = useContext(FilterContext)
  const positions = useMemo(() => layOutLanes(groups), [groups])
  const height = lanesHeight(groups)

  const paint = useMemo<Paint>(() => {
    const predicateOf = (process: string) => segmentPredicate(filter, process)
    return (now) => {
      if (!root.current) return undefined
      picture.current ??= new TimelinePainter(root.current, timeline)
      picture.current.show(positions, predicateOf)
      return picture.current.paint(now)
    }
  }, [positions, filter, timeline])
  usePaint(paint)
  useCanvasSize(window, picture, height)
  useTimelineGestures(window, timeline)
  const requestPaint = usePaintOnMove()

  const pointOf = (event: PointerEvent) => {
    const bounds = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - bounds.left, y: event.clientY - bounds.top }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const hover = picture.current?.hover
    if (!hover || event.ctrlKey || event.metaKey || event.altKey) return
    const keys = {
      timeline,
      hover,
      positions,
      scene: scene(),
      onSelect: ({ key }: { key: ThreadKey }) => onSelect(key),
    }
    if (!handleKey(event, keys)) return
    picture.current?.announceCursor()
    requestPaint()
    // Keeps the key from the window's own shortcuts.
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div ref={root} className={styles.lanes}>
      <div data-part="axis" className={styles.axis} aria-hidden="true" />
      <div data-part="plot" className={styles.plot} style={{ height }}>
        <div
          ref={window}
          data-part="window"
          className={styles.window}
          role="application"
          aria-label={m.threads_timeline()}
          aria-describedby={help}
          // biome-ignore lint/a11y/noNoninteractiveTabindex: the application handles its own keys
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={() => {
            picture.current?.hover.setCursor(undefined)
            requestPaint()
          }}
          onPointerMove={(event) => {
            picture.current?.hover.moveTo(pointOf(event))
            requestPaint()
          }}
          onPointerLeave={() => {
            picture.current?.hover.moveTo(undefined)
            requestPaint()
          }}
          onClick={(event) => {
            const position = laneAt(
              positions,
              event.clientY - event.currentTarget.getBoundingClientRect().top,
            )
            if (position) onSelect(position.key)
          }}
        >
          <canvas data-part="lanes" role="img" />
          <canvas data-part="marks" className={styles.marks} />
        </div>
        <div data-part="hair" className={styles.hair} aria-hidden="true" hidden />
        <div data-part="tip" className={styles.tip} aria-hidden="true" popover="manual">
          <span>
            <strong data-part="tip-state" /> <span data-part="tip-thread" className={styles.quiet} />
          </span>
          <span data-part="tip-cause" />
          <span data-part="tip-also" className={styles.also} />
          <span data-part="tip-when" className={styles.quiet} />
        </div>
        <VisuallyHidden id={help}>{m.threads_keyboard_help()}</VisuallyHidden>
        <span data-part="said" className={styles.said} role="status" />
      </div>
      <p data-part="thinned" className={styles.thinned} />
    </div>
  )
}

/** Paints zooming and panning in the next frame. Returns a function that requests a paint for other changes. */
function usePaintOnMove(): () => void {
  const timeline = useTimeline()
  const scheduler = useContext(PaintSchedulerContext)
  useEffect(() => {
    let request = 0
    const unsubscribe = timeline.subscribe(() => {
      cancelAnimationFrame(request)
      request = requestAnimationFrame(() => scheduler?.paint())
    })
    return () => {
      cancelAnimationFrame(request)
      unsubscribe()
    }
  }, [timeline, scheduler])
  return () => scheduler?.request()
}

/** Adapts the canvases to the size of their window and to the colours of the theme. */
function useCanvasSize(
  window: RefObject<HTMLElement | null>,
  picture: RefObject<TimelinePainter | undefined>,
  height: number,
): void {
  useLayoutEffect(() => {
    const element = window.current
    if (!element) return
    const resize = (): void => picture.current?.resize(element.clientWidth, height, devicePixelRatio)
    const resizeObserver = new ResizeObserver(resize)
    resizeObserver.observe(element)
    resize()
    const unsubscribe = onThemeChange(() => picture.current?.setPalette(readPalette(element)))
    return () => {
      resizeObserver.disconnect()
      unsubscribe()
    }
  }, [window, picture, height])
}
