/** What is shown beside and below the threads. */
export interface ShownParts {
  readonly series: boolean
  readonly events: boolean
  readonly objects: boolean
}
