import { findProcess, type Scene } from '../model/threads-model.ts'
import type { LaneHover } from './lane-hover.ts'
import type { LanePosition } from './lane-layout.ts'
import type { Timeline } from './timeline.ts'

/** A key changes the time shown by this factor, and moves it by this share. */
const zoomFactor = 1.5
const panShare = 0.1

interface KeyContext {
  readonly timeline: Timeline
  readonly hover: LaneHover
  readonly positions: readonly LanePosition[]
  readonly scene: Scene
  readonly onSelect: (position: LanePosition) => void
}

interface KeyPress {
  readonly key: string
  readonly shiftKey: boolean
}

/** Handles a key in the timeline. Returns whether the key has a function. */
export function handleKey({ key, shiftKey }: KeyPress, keys: KeyContext): boolean {
  const { timeline, hover } = keys
  if (shiftKey && (key === 'ArrowLeft' || key === 'ArrowRight')) return goToChange(keys, key === 'ArrowRight')
  switch (key) {
    case '+':
    case '=':
      timeline.zoom(1 / zoomFactor, hover.cursor?.at)
      return true
    case '-':
    case '_':
      timeline.zoom(zoomFactor, hover.cursor?.at)
      return true
    case '0':
      timeline.reset()
      return true
    case 'ArrowLeft':
    case 'ArrowRight':
      timeline.pan((key === 'ArrowLeft' ? -panShare : panShare) * timeline.state().span)
      return true
    case 'Home':
      timeline.toOldest()
      return true
    case 'End':
      timeline.toNewest()
      return true
    case 'ArrowUp':
    case 'ArrowDown':
      return goToThread(keys, key === 'ArrowDown' ? 1 : -1)
    case 'Enter':
      if (hover.cursor) keys.onSelect(hover.cursor.position)
      return hover.cursor !== undefined
    default:
      return false
  }
}

function goToThread({ hover, positions, timeline }: KeyContext, by: number): boolean {
  const cursor = hover.cursor
  const index = cursor
    ? positions.findIndex(({ top }) => top === cursor.position.top) + by
    : by > 0
      ? 0
      : positions.length - 1
  const position = positions[Math.max(0, Math.min(positions.length - 1, index))]
  if (position) hover.setCursor({ position, at: cursor?.at ?? timeline.extent().to })
  return true
}

/** Moves the cursor to its thread's nearest change, operation or wake. Freezes first, because the picture moves. */
function goToChange(keys: KeyContext, forward: boolean): boolean {
  const { hover, timeline, positions } = keys
  if (!timeline.isFrozen) timeline.freeze()
  const cursor = hover.cursor ?? (positions[0] && { position: positions[0], at: timeline.extent().to })
  if (!cursor) return true
  const at = nearestChange(keys, cursor.position, cursor.at, forward)
  hover.setCursor({ position: cursor.position, at: at ?? cursor.at })
  if (at !== undefined) timeline.reveal(at)
  return true
}

function nearestChange(
  { scene }: KeyContext,
  { key }: LanePosition,
  at: number,
  forward: boolean,
): number | undefined {
  const process = findProcess(scene, key.process)
  const history = process?.history(key.id)
  if (!process || !history) return undefined
  const times: number[] = []
  const segment = history.segmentAt(at)
  for (const near of [segment - 1, segment, segment + 1, segment + 2]) {
    if (near >= history.first && near < history.end) times.push(history.start(near))
  }
  for (const ring of [process.activity.operations(key.id), process.activity.wakesByThread().get(key.id)]) {
    if (!ring) continue
    const entry = ring.firstAtOrAfter(at)
    // Several entries can have the same time.
    for (let near = Math.max(ring.first, entry - 2); near < Math.min(ring.end, entry + 3); near++)
      times.push(ring.at(near))
  }
  return forward
    ? minOf(times.filter((time) => time > at))
    : times
        .filter((time) => time < at)
        .reduce<number | undefined>((latest, time) => Math.max(latest ?? time, time), undefined)
}

const minOf = (times: readonly number[]): number | undefined =>
  times.length === 0 ? undefined : Math.min(...times)
