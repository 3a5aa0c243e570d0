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
import { VisuallyHidden } from '../../ui/visually-hidden.tsx'
import { FilterContext } from '../filter/filter-context.ts'
import { segmentPredicate } from '../filter/thread-filter.ts'
import type { ProcessGroup, Scene, ThreadKey } from '../model/threads-model.ts'
import { type Paint, PaintSchedulerContext, usePaint } from '../painting/paint-scheduler.ts'
import { useTimelineGestures } from '../timeline/gestures.ts'
import { handleKey, keyboardHelp } from '../timeline/keyboard.ts'
import { laneAt, lanesHeight, layOutLanes } from '../timeline/lane-layout.ts'
import { onThemeChange, readPalette } from '../timeline/lane-palette.ts'
import { useTimeline } from '../timeline/timeline-context.ts'
import { TimelinePainter } from '../timeline/timeline-painter.ts'
import styles from './lanes.module.css'

interface LanesProps {
  readonly groups: readonly ProcessGroup[]
  readonly scene: () => Scene
  readonly onSelect: (key: ThreadKey) => void
}

/** The histories of all threads, each on the line of its row. */
export function Lanes({ groups, scene, onSelect }: LanesProps) {
  const root = useRef<HTMLDivElement>(null)
  const window = useRef<HTMLDivElement>(null)
  const picture = useRef<TimelinePainter>(undefined)
  const help = useId()
  const timeline = useTimeline()
  const filter = useContext(FilterContext)
  const places = useMemo(() => layOutLanes(groups), [groups])
  const height = lanesHeight(groups)

  const paint = useMemo<Paint>(() => {
    const meant = (process: string) => segmentPredicate(filter, process)
    return (now) => {
      if (!root.current) return undefined
      picture.current ??= new TimelinePainter(root.current, timeline)
      picture.current.show(places, meant)
      return picture.current.paint(now)
    }
  }, [places, filter, timeline])
  usePaint(paint)
  useCanvasSize(window, picture, height)
  useTimelineGestures(window, timeline)
  const requestPaint = usePaintOnMove()

  const placeUnder = (event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const hover = picture.current?.hover
    if (!hover || event.ctrlKey || event.metaKey || event.altKey) return
    const keys = {
      timeline,
      hover,
      positions: places,
      scene: scene(),
      onSelect: ({ key }: { key: ThreadKey }) => onSelect(key),
    }
    if (!handleKey(event, keys)) return
    picture.current?.announceCursor()
    requestPaint()
    // The window's own shortcuts are not meant here.
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
          // biome-ignore lint/a11y/noNoninteractiveTabindex: an application has keys of its own
          tabIndex={0}
          onKeyDown={onKeyDown}
          onBlur={() => {
            picture.current?.hover.setCursor(undefined)
            requestPaint()
          }}
          onPointerMove={(event) => {
            picture.current?.hover.moveTo(placeUnder(event))
            requestPaint()
          }}
          onPointerLeave={() => {
            picture.current?.hover.moveTo(undefined)
            requestPaint()
          }}
          onClick={(event) => {
            const place = laneAt(places, event.clientY - event.currentTarget.getBoundingClientRect().top)
            if (place) onSelect(place.key)
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
        <VisuallyHidden id={help}>{keyboardHelp}</VisuallyHidden>
        <span data-part="said" className={styles.said} role="status" />
      </div>
      <p data-part="thinned" className={styles.thinned} />
    </div>
  )
}

/** Paints zooming and panning in the next frame. Returns what else asks for a picture. */
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

/** Keeps the canvases as wide as their window needs, and their colours those of the theme. */
function useCanvasSize(
  window: RefObject<HTMLElement | null>,
  picture: RefObject<TimelinePainter | undefined>,
  height: number,
): void {
  useLayoutEffect(() => {
    const element = window.current
    if (!element) return
    const resize = (): void => picture.current?.resize(element.clientWidth, height, devicePixelRatio)
    const sizes = new ResizeObserver(resize)
    sizes.observe(element)
    resize()
    const endTheme = onThemeChange(() => picture.current?.setPalette(readPalette(element)))
    return () => {
      sizes.disconnect()
      endTheme()
    }
  }, [window, picture, height])
}
