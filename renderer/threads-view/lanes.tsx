import { type PointerEvent, useCallback, useLayoutEffect, useMemo, useRef } from 'react'
import { type Paint, usePaint } from './frames.ts'
import { LaneHover } from './lane-hover.ts'
import { lanesHeight, placeAt, placeLanes } from './lane-layout.ts'
import { type Lane, LanePainter } from './lane-painter.ts'
import { onThemeChange, readPalette } from './lane-palette.ts'
import styles from './lanes.module.css'
import { type Span, spanWords } from './spans.ts'
import { type ProcessGroup, processOf, type Scene, type ThreadKey } from './threads-model.ts'

interface LanesProps {
  readonly groups: readonly ProcessGroup[]
  readonly span: Span
  readonly onSelect: (key: ThreadKey) => void
}

/** The histories of all threads, each on the line of its row. */
export function Lanes({ groups, span, onSelect }: LanesProps) {
  const root = useRef<HTMLDivElement>(null)
  const window = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const painter = useRef<LanePainter>(undefined)
  const hover = useRef<LaneHover>(undefined)
  const places = useMemo(() => placeLanes(groups), [groups])
  const height = lanesHeight(groups)

  const paint = useMemo<Paint>(() => {
    let processes: Scene['processes'] | undefined
    return (scene) => {
      if (!canvas.current || !window.current || !root.current) return undefined
      painter.current ??= new LanePainter(canvas.current, readPalette(canvas.current))
      hover.current ??= new LaneHover(root.current)
      if (scene.processes !== processes) {
        processes = scene.processes
        painter.current.setLanes(places.flatMap(({ key, top }) => laneOf(scene, key, top)))
      }
      hover.current.paint(scene, places, window.current, span.ms)
      return painter.current.paint(scene.at, span.ms)
    }
  }, [places, span])
  usePaint(paint)
  useCanvasSize(window, painter, height)

  const placeUnder = useCallback((event: PointerEvent) => {
    const box = event.currentTarget.getBoundingClientRect()
    return { x: event.clientX - box.left, y: event.clientY - box.top }
  }, [])

  return (
    <div ref={root} className={styles.lanes}>
      <div className={styles.axis} aria-hidden="true">
        {span.marks.map((mark) => (
          <span key={mark}>{mark}</span>
        ))}
      </div>
      <div className={styles.plot} style={{ height, '--divisions': span.marks.length - 1 }}>
        <div
          ref={window}
          className={styles.window}
          onPointerMove={(event) => hover.current?.moveTo(placeUnder(event))}
          onPointerLeave={() => hover.current?.moveTo(undefined)}
          onPointerDown={(event) => {
            const place = placeAt(places, placeUnder(event).y)
            if (place && event.button === 0) onSelect(place.key)
          }}
        >
          <canvas
            ref={canvas}
            role="img"
            aria-label={`The states of each thread over the last ${spanWords(span)}`}
          />
        </div>
        <div data-part="hair" className={styles.hair} aria-hidden="true" hidden />
        <div data-part="tip" className={styles.tip} aria-hidden="true" popover="manual">
          <strong data-part="tip-state" />
          <span data-part="tip-cause" />
          <span data-part="tip-when" />
        </div>
      </div>
    </div>
  )
}

function laneOf(scene: Scene, key: ThreadKey, top: number): Lane[] {
  const history = processOf(scene, key.process)?.history(key.id)
  return history ? [{ history, top }] : []
}

/** Keeps the canvas as wide as its window needs, and its colours those of the theme. */
function useCanvasSize(
  window: React.RefObject<HTMLElement | null>,
  painter: React.RefObject<LanePainter | undefined>,
  height: number,
): void {
  useLayoutEffect(() => {
    const element = window.current
    if (!element) return
    const resize = (): void => painter.current?.resize(element.clientWidth, height, devicePixelRatio)
    const sizes = new ResizeObserver(resize)
    sizes.observe(element)
    resize()
    const endTheme = onThemeChange(() => painter.current?.setPalette(readPalette(element)))
    return () => {
      sizes.disconnect()
      endTheme()
    }
  }, [window, painter, height])
}
