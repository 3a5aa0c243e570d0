import { type ReactNode, type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import { savePosition } from '../../store/list-positions.ts'
import styles from './page-scroller.module.css'

/** The scrolled area of a list. */
export interface ScrollFrame {
  readonly scroller: RefObject<HTMLDivElement | null>
  /** The height of what is above the list and scrolls with it, in CSS pixels. */
  readonly leadHeight: number
  /** The width of the list in CSS pixels. */
  readonly width: number
}

interface PageScrollerProps {
  /** The address of the list, whose position is remembered. */
  readonly address: string
  /** What is above the list. */
  readonly lead?: ReactNode
  readonly children: (frame: ScrollFrame) => ReactNode
  /** Called when the list is in the document. */
  readonly onShown?: (() => void) | undefined
}

/** Scrolls a list together with what is above it. */
export function PageScroller({ address, lead, children, onShown }: PageScrollerProps) {
  const scroller = useRef<HTMLDivElement>(null)
  const leadBox = useRef<HTMLDivElement>(null)
  const [size, setSize] = useState({ leadHeight: 0, width: 0 })
  useLayoutEffect(() => {
    const measure = () => {
      const leadHeight = leadBox.current?.offsetHeight ?? 0
      const width = leadBox.current?.offsetWidth ?? 0
      setSize((size) =>
        size.leadHeight === leadHeight && size.width === width ? size : { leadHeight, width },
      )
    }
    measure()
    const observer = new ResizeObserver(measure)
    if (leadBox.current) observer.observe(leadBox.current)
    return () => observer.disconnect()
  }, [])
  useSavedOffset(scroller, address)
  const isShown = size.width > 0
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the list is in the document
  useEffect(() => {
    if (isShown) onShown?.()
  }, [isShown])
  return (
    <div ref={scroller} className={styles.scroller} tabIndex={-1}>
      <div ref={leadBox}>{lead}</div>
      {isShown && children({ scroller, ...size })}
    </div>
  )
}

function useSavedOffset(scroller: RefObject<HTMLDivElement | null>, address: string): void {
  useEffect(() => {
    const element = scroller.current
    const save = () => element && savePosition(address, { offset: element.scrollTop })
    element?.addEventListener('scroll', save, { passive: true })
    return () => element?.removeEventListener('scroll', save)
  }, [scroller, address])
}
