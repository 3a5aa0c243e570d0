/** How much time the lanes show. */
export interface Span {
  readonly ms: number
  /** The axis from the oldest to the present, at equal distances. */
  readonly marks: readonly string[]
}

export const spans: readonly [Span, Span, Span] = [
  { ms: 2_000, marks: ['−2 s', '−1.5', '−1', '−0.5', 'now'] },
  { ms: 10_000, marks: ['−10 s', '−8', '−6', '−4', '−2', 'now'] },
  { ms: 60_000, marks: ['−60 s', '−45', '−30', '−15', 'now'] },
]

export const spanWords = (span: Span): string => `${span.ms / 1000} s`
